/**
 * The cloud itself: one thread, virtual time, no clock, no I/O, no static state. {@link
 * io.viking.adapter.sim.core.SimCloud} is the way in.
 */
@NullMarked
package io.viking.adapter.sim.core;

import org.jspecify.annotations.NullMarked;
