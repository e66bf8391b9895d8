/** Failures on request: decisions from a seed about which call fails and how. */
@NullMarked
package io.viking.adapter.sim.faults;

import org.jspecify.annotations.NullMarked;
