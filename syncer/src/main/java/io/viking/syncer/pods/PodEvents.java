package io.viking.syncer.pods;

import io.viking.kube.events.EventRecorder;
import io.viking.kube.events.EventTarget;
import io.viking.syncer.pods.lifecycle.PodRef;
import io.viking.syncer.pods.lifecycle.Tell;

/** Records on pods what their users should know. Thread safe; returns at once. */
public record PodEvents(EventRecorder recorder) {
  public void record(PodRef pod, Tell what) {
    EventTarget target = EventTarget.pod(pod.namespace(), pod.name(), pod.uid());
    if (what.warning()) {
      recorder.warning(target, what.reason(), what.message());
    } else {
      recorder.normal(target, what.reason(), what.message());
    }
  }
}
