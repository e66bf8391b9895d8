/**
 * Whom Viking is compared with: kube-scheduler and KWOK, which plays the kubelets, on nodes and
 * with a schedulerName of their own, for the length of their own storm.
 */
@NullMarked
package io.viking.bench.rival;

import org.jspecify.annotations.NullMarked;
