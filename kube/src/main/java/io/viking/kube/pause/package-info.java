/** Holding a cluster's loops still for a while, over the API server alone. */
@NullMarked
package io.viking.kube.pause;

import org.jspecify.annotations.NullMarked;
