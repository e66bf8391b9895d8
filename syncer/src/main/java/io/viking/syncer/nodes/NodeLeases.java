package io.viking.syncer.nodes;

import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.PatchFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the lease of every zone node: what keeps it Ready.
 *
 * <p>On platform threads of its own and through a client of its own, so that no load of pods makes
 * it wait for a carrier thread, a connection or a queue. All nodes side by side, and again a second
 * after one failed: a call that nobody answers costs its own deadline, once, and not that of each
 * node and the pause till the next renewal on top.
 */
final class NodeLeases implements AutoCloseable {
  static final String NAMESPACE = "kube-node-lease";
  static final int DURATION_SECONDS = 40;

  /** After a renewal that failed. */
  private static final Duration RETRY = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(NodeLeases.class);

  /** The API server's MicroTime: six digits, always. */
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final KubeApi api;
  private final Supplier<Set<String>> nodes;
  private final Duration interval;
  private final InstantSource clock;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Set<String> failing = ConcurrentHashMap.newKeySet();

  /** By node: the time that its lease says. */
  private final Map<String, Instant> renewed = new ConcurrentHashMap<>();

  private final Thread thread;

  /**
   * @param api for leases alone, with deadlines that leave time to try again
   * @param nodes whose leases to renew, asked each time
   */
  NodeLeases(KubeApi api, Supplier<Set<String>> nodes, Duration interval, InstantSource clock) {
    this.api = api;
    this.nodes = nodes;
    this.interval = interval;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("zone-node-leases").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    var names = Thread.ofPlatform().name("zone-node-lease-", 0).daemon();
    try (ExecutorService calls = Executors.newThreadPerTaskExecutor(names.factory())) {
      Duration pause;
      do {
        Set<String> present = nodes.get();
        calls.invokeAll(
            present.stream().map(node -> Executors.callable(() -> renew(node))).toList());
        failing.retainAll(present);
        pause = failing.isEmpty() ? interval : RETRY;
      } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  void renew(String node) {
    try {
      renew(node, renewal(node));
    } catch (RuntimeException unread) {
      // A renewal by an earlier time than the lease's would do harm: the next one comes anyway.
      // This thread must outlive any defect: without it every zone turns unknown.
      failed(node, unread);
    }
  }

  private void renew(String node, Instant now) {
    try {
      api.patch(
          ResourceType.LEASES,
          NAMESPACE,
          node,
          "",
          PatchFormat.MERGE,
          "{\"spec\":{\"holderIdentity\":\"%s\",\"leaseDurationSeconds\":%d,\"renewTime\":\"%s\"}}"
              .formatted(node, DURATION_SECONDS, MICRO_TIME.format(now)));
      renewed.put(node, now);
      recovered(node);
    } catch (KubeApiException failed) {
      if (failed.isNotFound()) {
        create(node, now);
      } else {
        failed(node, failed);
      }
    }
  }

  /**
   * Now, but later than the lease says. The node lifecycle controller takes an earlier time for no
   * renewal at all, and our clock may have been set back, or be behind that of the process which
   * kept the lease before us.
   */
  private Instant renewal(String node) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Instant last = renewed.containsKey(node) ? renewed.get(node) : recorded(node);
    return now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS);
  }

  /** What the lease says now; {@link Instant#MIN} if there is none. */
  private Instant recorded(String node) {
    return api.get(ResourceType.LEASES, NAMESPACE, node)
        .map(V1Lease::getSpec)
        .map(V1LeaseSpec::getRenewTime)
        .map(OffsetDateTime::toInstant)
        .orElse(Instant.MIN);
  }

  private void create(String node, Instant now) {
    V1Lease lease =
        new V1Lease()
            .apiVersion("coordination.k8s.io/v1")
            .kind("Lease")
            .metadata(new V1ObjectMeta().name(node).namespace(NAMESPACE))
            .spec(
                new V1LeaseSpec()
                    .holderIdentity(node)
                    .leaseDurationSeconds(DURATION_SECONDS)
                    .renewTime(now.atOffset(ZoneOffset.UTC)));
    try {
      api.create(ResourceType.LEASES, NAMESPACE, lease);
      renewed.put(node, now);
      recovered(node);
    } catch (RuntimeException failed) {
      failed(node, failed);
    }
  }

  private void failed(String node, RuntimeException failure) {
    if (failing.add(node)) {
      log.warn(
          "the lease of node {} was not renewed, it turns unknown after {} s: {}",
          node,
          DURATION_SECONDS,
          failure.toString());
    }
  }

  private void recovered(String node) {
    if (failing.remove(node)) {
      log.info("the lease of node {} is renewed again", node);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }
}
