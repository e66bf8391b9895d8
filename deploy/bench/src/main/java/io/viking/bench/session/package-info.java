/**
 * One run of a benchmark on one cluster: its clients, its names, and the removal of all that it
 * made.
 */
@NullMarked
package io.viking.bench.session;

import org.jspecify.annotations.NullMarked;
