package io.viking.scheduler;

import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import io.viking.kube.testing.UnsupportedKubeApi;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Takes binds, patches and deletes; the scheduler makes no other call. */
final class FakeApi extends UnsupportedKubeApi {
  record Bound(
      String namespace,
      String pod,
      String uid,
      String node,
      Map<String, String> labels,
      Map<String, String> annotations) {}

  record Patched(String pod, String subresource, PatchFormat format, String json) {}

  record Deleted(String pod, String uid, long grace) {}

  final List<Deleted> deletes = new CopyOnWriteArrayList<>();
  final List<Bound> binds = new CopyOnWriteArrayList<>();
  final List<Patched> patches = new CopyOnWriteArrayList<>();

  /** Thrown by the next binds, one each. */
  final ConcurrentLinkedQueue<RuntimeException> bindFailures = new ConcurrentLinkedQueue<>();

  volatile Consumer<Bound> afterBind = _ -> {};

  @Override
  public void bind(
      String namespace,
      String pod,
      String uid,
      String node,
      Map<String, String> labels,
      Map<String, String> annotations) {
    RuntimeException failure = bindFailures.poll();
    if (failure != null) {
      throw failure;
    }
    var bound = new Bound(namespace, pod, uid, node, labels, annotations);
    binds.add(bound);
    afterBind.accept(bound);
  }

  @Override
  public void patch(
      ResourceType<?> type,
      String namespace,
      String name,
      String subresource,
      PatchFormat format,
      String json) {
    patches.add(new Patched(namespace + "/" + name, subresource, format, json));
  }

  @Override
  public void delete(
      ResourceType<?> type, String namespace, String name, String uid, long gracePeriodSeconds) {
    deletes.add(new Deleted(namespace + "/" + name, uid, gracePeriodSeconds));
  }

  static KubeApiException failure(int code, String message) {
    return new KubeApiException(code, "", message, Optional.empty());
  }
}
