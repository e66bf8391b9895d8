/** The commands that a simulated container has. */
@NullMarked
package io.viking.adapter.sim.shell.command;

import org.jspecify.annotations.NullMarked;
