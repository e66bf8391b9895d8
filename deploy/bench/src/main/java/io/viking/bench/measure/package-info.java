/** What a stretch of time cost: calls at the API server, memory and CPU time of processes. */
@NullMarked
package io.viking.bench.measure;

import org.jspecify.annotations.NullMarked;
