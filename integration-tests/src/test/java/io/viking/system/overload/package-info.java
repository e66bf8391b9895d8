/** More than anybody can take: what is bounded, and who still gets on. */
package io.viking.system.overload;
