package io.viking.system;

import static io.viking.system.Workloads.container;
import static io.viking.system.Workloads.pod;

import io.kubernetes.client.openapi.ApiException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Makes bare pods and, once they run, deletes them, round after round until it is closed. */
final class Churn implements AutoCloseable {
  private static final int AT_ONCE = 10;

  private final Cluster cluster;
  private final String namespace;
  private final String prefix;
  private final AtomicInteger rounds = new AtomicInteger();
  private final Thread thread;
  private volatile boolean closed;

  private Churn(Cluster cluster, String namespace, String prefix) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.prefix = prefix;
    this.thread = Thread.ofVirtual().name("churn").unstarted(this::run);
  }

  static Churn start(Cluster cluster, String namespace, String prefix) {
    var churn = new Churn(cluster, namespace, prefix);
    churn.thread.start();
    return churn;
  }

  /** How many times pods have come and gone. */
  int rounds() {
    return rounds.get();
  }

  private void run() {
    while (!closed) {
      List<String> names =
          IntStream.range(0, AT_ONCE).mapToObj(i -> prefix + "-" + rounds.get() + "-" + i).toList();
      try {
        for (String name : names) {
          cluster.core().createNamespacedPod(namespace, pod(name, container("nginx"))).execute();
        }
        Await.until("the pods of the churn run", () -> running() == AT_ONCE);
        for (String name : names) {
          cluster.core().deleteNamespacedPod(name, namespace).buildCall(null).execute().close();
        }
        Await.until("the pods of the churn are gone", () -> present() == 0);
      } catch (ApiException | java.io.IOException e) {
        throw new IllegalStateException(e);
      }
      rounds.incrementAndGet();
    }
  }

  private long running() throws ApiException {
    return cluster.pods(namespace).stream()
        .filter(pod -> pod.getMetadata().getName().startsWith(prefix))
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .count();
  }

  private long present() throws ApiException {
    return cluster.pods(namespace).stream()
        .filter(pod -> pod.getMetadata().getName().startsWith(prefix))
        .count();
  }

  /** Ends after the round that is under way: nothing of it is left. */
  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
  }
}
