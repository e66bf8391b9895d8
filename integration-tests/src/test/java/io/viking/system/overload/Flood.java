package io.viking.system.overload;

import io.kubernetes.client.common.KubernetesObject;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.bench.load.Wide;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/**
 * A client without manners: keeps ten times as many calls under way as an API server has seats for,
 * and asks again for what was turned away.
 */
final class Flood implements AutoCloseable {
  /** What fills a busy API server is 64 to 128 calls at once (docs/performance.md). */
  private static final int WIDTH = 640;

  private static final Duration PAUSE = Duration.ofMillis(200);

  private final KubeClients clients;
  private final AtomicInteger turnedAway = new AtomicInteger();

  Flood(Path kubeconfig) {
    this.clients =
        KubeClients.of(
            kubeconfig,
            new KubeClientConfig(
                Duration.ofSeconds(60), Duration.ofSeconds(20), 8, Duration.ofSeconds(30)),
            new SimpleMeterRegistry());
  }

  /** Returns when all are there. */
  <T extends KubernetesObject> void create(
      ResourceType<T> type, String namespace, int count, IntFunction<T> object)
      throws InterruptedException {
    Wide.run(WIDTH, count, i -> create(type, namespace, object.apply(i)));
  }

  private <T extends KubernetesObject> void create(ResourceType<T> type, String namespace, T object)
      throws InterruptedException {
    while (true) {
      try {
        clients.api().createUnread(type, namespace, object);
        return;
      } catch (KubeApiException refused) {
        if (refused.isConflict()) {
          // It is there: the answer to an earlier call was lost.
          return;
        }
        if (!refused.isRetriable()) {
          throw refused;
        }
        turnedAway.incrementAndGet();
        Thread.sleep(refused.retryAfter().orElse(PAUSE));
      }
    }
  }

  /** How many calls had no room, or no answer in time. */
  int turnedAway() {
    return turnedAway.get();
  }

  @Override
  public void close() {
    clients.close();
  }
}
