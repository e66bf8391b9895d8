package io.viking.syncer.kubelet;

import io.viking.cloud.v1.Capabilities;
import io.viking.syncer.kubelet.usage.NodeSample;
import io.viking.syncer.kubelet.usage.ResourceMetrics;
import io.viking.syncer.kubelet.usage.StatsSummary;
import io.viking.syncer.kubelet.usage.UsageReader;

/** Answers with what the pods of a zone node, or of all, use. */
final class UsageEndpoint {
  private final ZonePods pods;
  private final Capabilities capabilities;
  private final UsageReader reader;

  UsageEndpoint(ZonePods pods, Capabilities capabilities, UsageReader reader) {
    this.pods = pods;
    this.capabilities = capabilities;
    this.reader = reader;
  }

  /**
   * @param node "" for all zone nodes
   */
  void send(Route.UsageKind kind, String node, Responder responder)
      throws InterruptedException, Responder.GoneException {
    if (!capabilities.getUsage()) {
      responder.plain(501, "this pool does not tell what its instances use");
      return;
    }
    NodeSample sample = reader.read(node, pods.on(node));
    switch (kind) {
      case METRICS -> responder.text(ResourceMetrics.CONTENT_TYPE, ResourceMetrics.write(sample));
      case SUMMARY -> responder.text("application/json", StatsSummary.write(sample));
    }
  }
}
