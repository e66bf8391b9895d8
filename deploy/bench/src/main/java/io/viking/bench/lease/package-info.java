/** Leases that a benchmark keeps alive. */
@NullMarked
package io.viking.bench.lease;

import org.jspecify.annotations.NullMarked;
