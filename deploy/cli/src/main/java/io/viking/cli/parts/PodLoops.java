package io.viking.cli.parts;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.kubernetes.client.openapi.models.V1Pod;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.Selection;
import io.viking.kube.pause.Pausable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The loops of this process that work on pods, over one cache of them. While any of them is to hold
 * still, or there is no term in which they may work, neither loops nor cache exist: nothing is
 * watched. Afterwards they are made anew, and find what they have to do in the lists of both sides.
 */
final class PodLoops implements AutoCloseable {
  private final ClusterAccess cluster;
  private final MeterRegistry metrics;
  private final List<PodLoop> loops;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<String, String> holders = new TreeMap<>();

  @GuardedBy("lock")
  private Optional<Term> term = Optional.empty();

  @GuardedBy("lock")
  private boolean closed;

  @GuardedBy("lock")
  private Optional<Closing> open = Optional.empty();

  private volatile Optional<ObjectCache<V1Pod>> pods = Optional.empty();
  private volatile Optional<String> pausedBy = Optional.empty();

  PodLoops(ClusterAccess cluster, MeterRegistry metrics, List<PodLoop> loops) {
    this.cluster = cluster;
    this.metrics = metrics;
    this.loops = List.copyOf(loops);
  }

  /** Begins a term; returns at once. */
  void begin(Term next) {
    lock.lock();
    try {
      term = Optional.of(next);
      adjust();
    } finally {
      lock.unlock();
    }
  }

  /** Ends the term, and forgets who was to hold still; returns when no call is under way. */
  void end() {
    lock.lock();
    try {
      term = Optional.empty();
      adjust();
      holders.clear();
      pausedBy = Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /** One of the loops, as whoever pauses it sees it. */
  Pausable pausable(String name) {
    return new Pausable() {
      @Override
      public void pause(String holder) {
        lock.lock();
        try {
          holders.put(name, holder);
          adjust();
        } finally {
          lock.unlock();
        }
      }

      @Override
      public void resume() {
        lock.lock();
        try {
          holders.remove(name);
          adjust();
        } finally {
          lock.unlock();
        }
      }
    };
  }

  /** For the status, in the order of the loops. */
  List<LoopPart> parts() {
    return loops.stream().map(loop -> new LoopPart(loop.name(), () -> condition(loop))).toList();
  }

  /** The pods that are known now, for reading only; none while the loops hold still. */
  ObjectCache<V1Pod> pods() {
    return new PresentPods();
  }

  private LoopPart.Condition condition(PodLoop loop) {
    return pausedBy
        .map(by -> new LoopPart.Condition(LoopPart.State.PAUSED, "paused by " + by))
        .orElseGet(() -> LoopPart.Condition.of(loop.isReady(), loop.detail()));
  }

  @GuardedBy("lock")
  private void adjust() {
    pausedBy = holders.values().stream().findFirst();
    Optional<Term> wanted = closed || !holders.isEmpty() ? Optional.empty() : term;
    if (wanted.isPresent() && open.isEmpty()) {
      open = Optional.of(open(wanted.get()));
    } else if (wanted.isEmpty()) {
      open.ifPresent(Closing::close);
      open = Optional.empty();
      pods = Optional.empty();
    }
  }

  private Closing open(Term current) {
    var closing = new Closing();
    try {
      MeterRegistry meters = closing.add("gauges", new GaugeScope(metrics)).meters();
      ObjectCache<V1Pod> cache =
          closing.add("cache of pods", cluster.cache(ResourceType.PODS, Selection.ALL, meters));
      loops.forEach(loop -> loop.open(cache, meters, current, closing));
      pods = Optional.of(cache);
      return closing;
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      adjust();
    } finally {
      lock.unlock();
    }
  }

  private final class PresentPods implements ObjectCache<V1Pod> {
    @Override
    public void start() {}

    @Override
    public boolean isSynced() {
      return pods.map(ObjectCache::isSynced).orElse(false);
    }

    @Override
    public Optional<V1Pod> get(String namespace, String name) {
      return pods.flatMap(cache -> cache.get(namespace, name));
    }

    @Override
    public Collection<V1Pod> list() {
      return pods.map(ObjectCache::list).orElse(List.of());
    }

    @Override
    public int size() {
      return pods.map(ObjectCache::size).orElse(0);
    }

    @Override
    public void subscribe(Consumer<? super CacheEvent<V1Pod>> listener) {
      throw new UnsupportedOperationException("what is told of pods is for the loops alone");
    }

    @Override
    public void close() {}
  }
}
