/** Pods to zones: {@link io.viking.scheduler.Scheduler} puts core, calls and caches together. */
@NullMarked
package io.viking.scheduler;

import org.jspecify.annotations.NullMarked;
