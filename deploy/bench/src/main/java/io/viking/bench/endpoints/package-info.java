/** What one change of a Service's endpoints costs, whatever else there is in the cluster. */
@NullMarked
package io.viking.bench.endpoints;

import org.jspecify.annotations.NullMarked;
