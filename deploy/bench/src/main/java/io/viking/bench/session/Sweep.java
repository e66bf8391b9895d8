package io.viking.bench.session;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.common.KubernetesObject;
import io.viking.bench.apiserver.RawCalls;
import io.viking.bench.apiserver.RawCalls.DeleteOptions;
import io.viking.controlplane.Progress;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeClients;
import io.viking.kube.client.ObjectRef;
import io.viking.kube.client.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Removes everything that carries {@link Labels#RUN}, of whichever run. What owns pods goes first,
 * then the pods are given time to be stopped by whoever runs them; those that nobody stops (the
 * floor's) go at once.
 */
final class Sweep {
  private static final Duration POLL = Duration.ofMillis(200);

  /** After so long without progress nobody stops the pods. */
  private static final Duration STOPPED_WITHIN = Duration.ofSeconds(20);

  /** Deletions that failed one after the other while no pod went; the next one says why. */
  private static final int MOST_IN_VAIN = 5;

  private final KubeClients clients;
  private final RawCalls raw;
  private final Progress progress;

  Sweep(KubeClients clients, RawCalls raw, Progress progress) {
    this.clients = clients;
    this.raw = raw;
    this.progress = progress;
  }

  /**
   * Removes all of it and waits until it is gone.
   *
   * @return what there was
   * @throws KubeApiException the API server refuses, or it is not gone in time
   */
  List<String> all(Duration within) throws InterruptedException {
    List<String> namespaces = named(ResourceType.NAMESPACES);
    List<String> nodes = named(ResourceType.NODES);
    for (String namespace : namespaces) {
      empty(namespace);
      raw.delete(ResourceType.NAMESPACES.path("", namespace), DeleteOptions.WITH_DEPENDENTS);
    }
    for (String node : nodes) {
      raw.delete(ResourceType.NODES.path("", node), DeleteOptions.WITH_DEPENDENTS);
      raw.delete(ResourceType.LEASES.path("kube-node-lease", node), DeleteOptions.WITH_DEPENDENTS);
    }
    long until = System.nanoTime() + within.toNanos();
    for (String namespace : namespaces) {
      while (clients.api().get(ResourceType.NAMESPACES, "", namespace).isPresent()) {
        if (System.nanoTime() - until > 0) {
          throw new KubeApiException(
              0, "", "namespace " + namespace + " is still being deleted", Optional.empty());
        }
        Thread.sleep(POLL);
      }
    }
    var what = new ArrayList<String>();
    namespaces.forEach(name -> what.add("namespace " + name));
    nodes.forEach(name -> what.add("node " + name));
    return List.copyOf(what);
  }

  private void empty(String namespace) throws InterruptedException {
    for (String owners :
        List.of(
            "/apis/apps/v1/namespaces/" + namespace + "/deployments",
            "/apis/batch/v1/namespaces/" + namespace + "/jobs")) {
      raw.delete(owners, DeleteOptions.WITH_DEPENDENTS);
    }
    String pods = ResourceType.PODS.path(namespace);
    DeleteOptions how = DeleteOptions.WITH_DEPENDENTS;
    boolean owed = true;
    int inVain = 0;
    long changedAt = System.nanoTime();
    long last = Long.MAX_VALUE;
    for (long left = pods(namespace); left > 0; left = pods(namespace)) {
      progress.advance("pods are left", (int) left, 0);
      if (left < last) {
        changedAt = System.nanoTime();
        inVain = 0;
      } else if (System.nanoTime() - changedAt > STOPPED_WITHIN.toNanos()
          || Purpose.FLOOR.isOf(namespace)) {
        how = DeleteOptions.AT_ONCE;
        owed = true;
        changedAt = System.nanoTime();
      }
      if (owed) {
        owed = !delete(pods, how, inVain);
        inVain += owed ? 1 : 0;
      }
      last = left;
      Thread.sleep(POLL);
    }
  }

  /**
   * Deletes a collection.
   *
   * @param inVain how often that has failed since a pod went
   * @return whether all of it; of tens of thousands an API server deletes as many as a call has
   *     time for
   */
  private boolean delete(String collection, DeleteOptions how, int inVain) {
    try {
      raw.delete(collection, how);
      return true;
    } catch (KubeApiException e) {
      if (!e.isRetriable() || inVain > MOST_IN_VAIN) {
        throw e;
      }
      return false;
    }
  }

  /** How many pods there are, without reading them all. */
  private long pods(String namespace) {
    return raw.get(
        ResourceType.PODS.path(namespace) + "?limit=1",
        body -> {
          JsonObject list = JsonParser.parseString(body.readUtf8()).getAsJsonObject();
          JsonElement more = list.getAsJsonObject("metadata").get("remainingItemCount");
          return list.getAsJsonArray("items").size() + (more == null ? 0 : more.getAsLong());
        });
  }

  private <T extends KubernetesObject> List<String> named(ResourceType<T> type) {
    return clients
        .listWatch(type, Selection.ALL.withLabels(Labels.RUN))
        .page(0, "")
        .objects()
        .stream()
        .map(object -> ObjectRef.of(object).name())
        .toList();
  }
}
