package io.viking.bench.workload;

import io.viking.bench.load.Retries;
import io.viking.bench.load.Wide;
import io.viking.bench.watch.PodTimes;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import java.util.List;

/** Pods that the client creates and deletes one by one, so many at once. */
public final class BarePods implements Workload {
  private final KubeApi api;
  private final String namespace;
  private final String prefix;
  private final PodShape shape;
  private final int count;
  private final int width;
  private final Retries retries = new Retries();

  /**
   * @param prefix of their names
   */
  public BarePods(
      KubeApi api, String namespace, String prefix, PodShape shape, int count, int width) {
    this.api = api;
    this.namespace = namespace;
    this.prefix = prefix;
    this.shape = shape;
    this.count = count;
    this.width = width;
  }

  @Override
  public void create() throws InterruptedException {
    Wide.run(
        width,
        count,
        i ->
            retries.run(
                () -> api.createUnread(ResourceType.PODS, namespace, shape.pod(prefix + "-" + i))));
  }

  @Override
  public void delete(List<PodTimes> present) throws InterruptedException {
    Wide.run(width, present.size(), i -> retries.run(() -> delete(present.get(i))));
  }

  private void delete(PodTimes pod) {
    try {
      api.delete(ResourceType.PODS, namespace, pod.name(), pod.uid(), PodShape.GRACE_SECONDS);
    } catch (KubeApiException gone) {
      if (!gone.isNotFound() && !gone.isConflict()) {
        throw gone;
      }
    }
  }
}
