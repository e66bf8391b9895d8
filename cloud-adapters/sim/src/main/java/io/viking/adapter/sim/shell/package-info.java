/**
 * The shell of simulated containers: a small part of sh and a few commands, all played in memory.
 */
@NullMarked
package io.viking.adapter.sim.shell;

import org.jspecify.annotations.NullMarked;
