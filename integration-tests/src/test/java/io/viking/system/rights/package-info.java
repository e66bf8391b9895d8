/**
 * What the loops may do, and what they do: the audit log of an API server against the roles that
 * are installed; and that nobody reads what is secret.
 */
package io.viking.system.rights;
