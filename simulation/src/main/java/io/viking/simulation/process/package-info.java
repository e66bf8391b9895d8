/** Loops as processes in virtual time: their calls, their watches, their deaths. */
@NullMarked
package io.viking.simulation.process;

import org.jspecify.annotations.NullMarked;
