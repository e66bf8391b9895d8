package io.viking.cli.parts;

import io.kubernetes.client.openapi.models.V1Pod;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.kube.cache.ObjectCache;

/** A loop over all pods, which can be taken down and made anew: it is level-triggered. */
interface PodLoop {
  /** As the status and the acknowledgement of a pause call it. */
  String name();

  /**
   * Makes and starts it; what must be closed goes to {@code closing}.
   *
   * @param term through which it writes
   */
  void open(ObjectCache<V1Pod> pods, MeterRegistry meters, Term term, Closing closing);

  /** What a person should know while it works; "" if nothing. */
  default String detail() {
    return "";
  }

  /** Whether it works on pods; false from its closing on. */
  boolean isReady();
}
