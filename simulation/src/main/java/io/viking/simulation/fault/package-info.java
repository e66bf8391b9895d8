/** What goes wrong on the way, as a seed decides. */
@NullMarked
package io.viking.simulation.fault;

import org.jspecify.annotations.NullMarked;
