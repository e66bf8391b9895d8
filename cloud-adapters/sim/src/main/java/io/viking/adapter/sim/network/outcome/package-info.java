/** What becomes of a command. */
@NullMarked
package io.viking.adapter.sim.network.outcome;

import org.jspecify.annotations.NullMarked;
