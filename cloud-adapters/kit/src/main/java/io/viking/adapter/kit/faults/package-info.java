/**
 * A proxy that stands before an adapter and does to its calls what networks and clouds do: loses,
 * delays, doubles, reorders, throttles, cuts. For tests of whatever calls an adapter.
 */
@NullMarked
package io.viking.adapter.kit.faults;

import org.jspecify.annotations.NullMarked;
