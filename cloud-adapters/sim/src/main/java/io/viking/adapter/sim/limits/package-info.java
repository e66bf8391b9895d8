/** Bounds in numbers and in time, and what is said when they are reached. */
@NullMarked
package io.viking.adapter.sim.limits;

import org.jspecify.annotations.NullMarked;
