/**
 * {@code viking bench placement}: replays a trace of pods against moving prices and stock, in
 * virtual time and with the scheduler's own decisions, and counts what each way to place costs.
 */
@NullMarked
package io.viking.cli.bench.placement;

import org.jspecify.annotations.NullMarked;
