/** The simulated cloud's core behind a channel without threads. */
@NullMarked
package io.viking.simulation.cloud;

import org.jspecify.annotations.NullMarked;
