package io.viking.syncer.pods.lifecycle;

import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The patch that was made last of one pod object, so that wanting a write, asking whether it is
 * still unsaid and making it do not each make it anew.
 *
 * <p>Its times are of the moment at which it was first made for a report, as a kubelet's are: that
 * is when the condition changed, however long the write then waited for its turn.
 *
 * <p>A cache and no state: but for those times it gives what would be made without it. So all are
 * equal, and a machine that carries one is as immutable as if it did not.
 */
final class LastPatch {
  private record Made(StatusReport report, Optional<String> json) {}

  private final V1Pod pod;
  private final String hostIp;
  private @Nullable Made made;

  LastPatch(V1Pod pod, String hostIp) {
    this.pod = pod;
    this.hostIp = hostIp;
  }

  /** The patch that makes the pod say it; empty if it does. */
  Optional<String> of(StatusReport report, Instant now) {
    Made last = made;
    if (last == null || !last.report().equals(report)) {
      last = new Made(report, report.patch(pod, hostIp, now));
      made = last;
    }
    return last.json();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LastPatch;
  }

  @Override
  public int hashCode() {
    return LastPatch.class.hashCode();
  }
}
