/** metrics-server beside the cluster: what the API server must know of it, and its start. */
@NullMarked
package io.viking.cli.metrics;

import org.jspecify.annotations.NullMarked;
