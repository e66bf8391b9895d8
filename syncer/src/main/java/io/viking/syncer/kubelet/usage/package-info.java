/**
 * CPU and memory in use, as those who scrape a kubelet read it: {@code /metrics/resource} and
 * {@code /stats/summary}.
 */
@NullMarked
package io.viking.syncer.kubelet.usage;

import org.jspecify.annotations.NullMarked;
