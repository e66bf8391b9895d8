/**
 * The door: what the pool cannot honour is refused by the API server, with the field, the reason
 * and the way out. ValidatingAdmissionPolicies, derived from what the adapter says of its pool.
 */
@NullMarked
package io.viking.cli.door;

import org.jspecify.annotations.NullMarked;
