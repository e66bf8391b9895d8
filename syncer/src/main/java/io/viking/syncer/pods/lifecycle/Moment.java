package io.viking.syncer.pods.lifecycle;

import java.time.Instant;

/** When and under what a pod's machine decides. */
public record Moment(Instant now, World world, PodTimings timings) {
  boolean reached(Instant time) {
    return !now.isBefore(time);
  }
}
