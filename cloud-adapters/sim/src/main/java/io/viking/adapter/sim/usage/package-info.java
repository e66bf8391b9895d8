/** What simulated containers use, worked out from their age. */
@NullMarked
package io.viking.adapter.sim.usage;

import org.jspecify.annotations.NullMarked;
