/**
 * Pods to instances and back: a core that decides ({@link io.viking.syncer.pods.PodsCore}) and a
 * runner that calls. What one pod goes through is in {@code lifecycle}; what concerns many at once
 * (batches, pace, orphans) is around it.
 */
@NullMarked
package io.viking.syncer.pods;

import org.jspecify.annotations.NullMarked;
