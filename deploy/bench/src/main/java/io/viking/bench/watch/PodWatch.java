package io.viking.bench.watch;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.WatchedCache;
import io.viking.kube.client.KubeClients;
import io.viking.kube.client.Selection;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A watch over the pods of one storm, as any client has one: it lists by the page, watches on after
 * a break, and lists again after 410. What it sees, and when, is in its ledger.
 */
public final class PodWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration SYNC_WITHIN = Duration.ofSeconds(30);

  private final PodLedger ledger = new PodLedger();
  private final LongSupplier nanoTime;
  private final WatchedCache<SeenPod> cache;

  private PodWatch(KubeClients clients, Selection selection, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.cache =
        new WatchedCache<>(
            clients.listWatch(SeenPod.TYPE, selection),
            UnaryOperator.identity(),
            new SimpleMeterRegistry());
  }

  /**
   * Begins to watch; returns when the present pods are listed, so that nothing later is missed.
   *
   * @throws IllegalStateException if it does not within half a minute; one sentence
   */
  public static PodWatch open(KubeClients clients, Selection selection, LongSupplier nanoTime)
      throws InterruptedException {
    var watch = new PodWatch(clients, selection, nanoTime);
    watch.cache.subscribe(watch::take);
    watch.cache.start();
    long until = nanoTime.getAsLong() + SYNC_WITHIN.toNanos();
    while (!watch.cache.isSynced()) {
      if (nanoTime.getAsLong() - until > 0) {
        watch.close();
        throw new IllegalStateException(
            "the API server did not list the pods of namespace %s within %d s: look at its log."
                .formatted(selection.namespace(), SYNC_WITHIN.toSeconds()));
      }
      Thread.sleep(POLL);
    }
    return watch;
  }

  public PodLedger ledger() {
    return ledger;
  }

  /**
   * Waits until the pods have come so far, or nothing has changed for a while.
   *
   * @param stallAfter how long nothing may change
   * @param each told the count now and then
   * @return whether they have come so far
   */
  public boolean await(Predicate<Census> done, Duration stallAfter, Consumer<Census> each)
      throws InterruptedException {
    Census last = ledger.census();
    long changedAt = nanoTime.getAsLong();
    while (!done.test(last)) {
      Thread.sleep(POLL);
      Census now = ledger.census();
      if (!now.equals(last)) {
        changedAt = nanoTime.getAsLong();
        each.accept(now);
      } else if (nanoTime.getAsLong() - changedAt > stallAfter.toNanos()) {
        return false;
      }
      last = now;
    }
    return true;
  }

  @Override
  public void close() {
    cache.close();
  }

  private void take(CacheEvent<SeenPod> event) {
    long now = nanoTime.getAsLong();
    switch (event) {
      case CacheEvent.Added<SeenPod>(SeenPod pod) -> ledger.seen(pod.sight(), now);
      case CacheEvent.Updated<SeenPod>(SeenPod _, SeenPod pod) -> ledger.seen(pod.sight(), now);
      case CacheEvent.Deleted<SeenPod>(SeenPod pod, boolean _) ->
          ledger.gone(pod.uid(), pod.name(), now);
      case CacheEvent.Synced<SeenPod> _ -> {}
    }
  }
}
