/**
 * What every adapter needs and should not write again. {@code transport} serves it and opens
 * channels to it, {@code failure} writes failures on the wire, {@code stream} holds change logs,
 * pages and back-pressure, {@code contract} is the suite of tests that an adapter passes.
 */
@NullMarked
package io.viking.adapter.kit;

import org.jspecify.annotations.NullMarked;
