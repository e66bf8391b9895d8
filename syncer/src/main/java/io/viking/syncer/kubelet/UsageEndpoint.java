package io.viking.syncer.kubelet;

import io.viking.syncer.kubelet.usage.NodeSample;
import io.viking.syncer.kubelet.usage.ResourceMetrics;
import io.viking.syncer.kubelet.usage.StatsSummary;
import io.viking.syncer.kubelet.usage.UsageReader;

/** Answers with what the pods of a zone node, or of all, use. */
final class UsageEndpoint {
  private final ZonePods pods;
  private final UsageReader reader;

  UsageEndpoint(ZonePods pods, UsageReader reader) {
    this.pods = pods;
    this.reader = reader;
  }

  /**
   * @param node "" for all zone nodes
   */
  void send(Route.UsageKind kind, String node, Responder responder)
      throws InterruptedException, Responder.GoneException {
    NodeSample sample = reader.read(node, pods.on(node));
    switch (kind) {
      case METRICS -> responder.text(ResourceMetrics.CONTENT_TYPE, ResourceMetrics.write(sample));
      case SUMMARY -> responder.text("application/json", StatsSummary.write(sample));
    }
  }
}
