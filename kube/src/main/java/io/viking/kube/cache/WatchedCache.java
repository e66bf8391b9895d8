package io.viking.kube.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kubernetes.client.common.KubernetesObject;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.kube.client.ListWatch;
import io.viking.kube.client.ObjectPage.UnreadableObject;
import io.viking.kube.client.ObjectRef;
import io.viking.kube.client.PagedList;
import io.viking.kube.client.WatchFrame;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache that lists by the page, then watches ({@link WatchLoop}).
 *
 * <p>Two platform threads each: one reads and keeps the content, one tells the listeners.
 */
public final class WatchedCache<T extends KubernetesObject> implements ObjectCache<T> {
  private static final Logger log = LoggerFactory.getLogger(WatchedCache.class);
  private static final int PAGE = 500;
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

  private final String name;
  private final ListWatch<T> source;
  private final UnaryOperator<T> transform;
  private final CacheContent<T> content = new CacheContent<>();
  private final CacheMetrics metrics;
  private final Dispatch<T> dispatch;
  private final WatchLoop<T> loop;
  private final Thread teller;

  /** Objects whose state could not be read and was logged, by UID. */
  private final Cache<String, Boolean> complainedOf =
      Caffeine.newBuilder().maximumSize(10_000).build();

  /** Makes a change and its telling one step for those who subscribe. */
  private final ReentrantLock changes = new ReentrantLock();

  /** Changed while {@link #changes} is held. */
  private volatile boolean synced;

  /**
   * @param transform drops what nobody reads, to save memory; may change the object that it gets
   */
  public WatchedCache(ListWatch<T> source, UnaryOperator<T> transform, MeterRegistry metrics) {
    this(source, transform, InstantSource.system(), metrics);
  }

  /**
   * @param transform drops what nobody reads, to save memory; may change the object that it gets
   * @param clock tells how long a watch has stood
   */
  public WatchedCache(
      ListWatch<T> source, UnaryOperator<T> transform, InstantSource clock, MeterRegistry metrics) {
    this(source, transform, clock, RandomGenerator.getDefault(), WatchTiming.DEFAULT, metrics);
  }

  WatchedCache(
      ListWatch<T> source,
      UnaryOperator<T> transform,
      InstantSource clock,
      RandomGenerator random,
      WatchTiming timing,
      MeterRegistry metrics) {
    this.name = source.type().plural();
    this.source = source;
    this.transform = transform;
    this.metrics = new CacheMetrics(name, metrics, content);
    this.dispatch = new Dispatch<>(name);
    this.loop = new WatchLoop<>(name, source, new Sink(), clock, random, timing);
    this.teller =
        Thread.ofPlatform().daemon().name("cache-" + name + "-tell").unstarted(dispatch::run);
  }

  @Override
  public void start() {
    teller.start();
    loop.start();
  }

  @Override
  public boolean isSynced() {
    return synced;
  }

  @Override
  public Optional<T> get(String namespace, String name) {
    return content.get(namespace, name);
  }

  @Override
  public Collection<T> list() {
    return content.objects();
  }

  @Override
  public int size() {
    return content.size();
  }

  @Override
  public void subscribe(Consumer<? super CacheEvent<T>> listener) {
    changes.lock();
    try {
      var present = new ArrayList<CacheEvent<T>>();
      content.objects().forEach(object -> present.add(new CacheEvent.Added<>(object)));
      if (synced) {
        present.add(new CacheEvent.Synced<>());
      }
      dispatch.join(listener, present);
    } finally {
      changes.unlock();
    }
  }

  @Override
  public void close() {
    loop.close();
    teller.interrupt();
    if (teller.getState() == Thread.State.NEW) {
      return;
    }
    try {
      if (!teller.join(CLOSE_WITHIN)) {
        log.warn("cache {}: a thread did not end when interrupted and is left behind", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Sink implements WatchLoop.Sink<T> {
    @Override
    public String list() throws InterruptedException {
      return listAll();
    }

    @Override
    public void take(WatchFrame<T> frame) throws InterruptedException {
      keep(frame);
    }

    @Override
    public void broke() {
      metrics.breaks.increment();
    }
  }

  private String listAll() throws InterruptedException {
    var objects = new ArrayList<T>();
    var unreadable = new HashSet<ObjectKey>();
    String resourceVersion =
        new PagedList<>(source, PAGE)
            .forEachPage(
                page -> {
                  page.unreadable().forEach(bad -> unreadable.add(complain(bad)));
                  for (T object : page.objects()) {
                    ObjectRef ref = ObjectRef.of(object);
                    prepare(object)
                        .ifPresentOrElse(objects::add, () -> unreadable.add(ObjectKey.of(ref)));
                  }
                },
                () -> {
                  objects.clear();
                  unreadable.clear();
                });
    metrics.lists.increment();
    change(
        () -> {
          var events = new ArrayList<>(content.replace(objects, unreadable));
          if (!synced) {
            synced = true;
            events.add(new CacheEvent.Synced<>());
          }
          return events;
        });
    return resourceVersion;
  }

  private void keep(WatchFrame<T> frame) throws InterruptedException {
    switch (frame) {
      case WatchFrame.Upserted<T>(T object) -> {
        Optional<T> prepared = prepare(object);
        if (prepared.isPresent()) {
          change(() -> content.upsert(prepared.get()));
        }
      }
      case WatchFrame.Removed<T>(T object) -> {
        ObjectRef ref = ObjectRef.of(object);
        Optional<T> prepared = prepare(object);
        change(
            () ->
                prepared.isPresent()
                    ? content.remove(prepared.get())
                    : content.remove(ObjectKey.of(ref)));
      }
      case WatchFrame.Unreadable<T>(UnreadableObject bad, boolean removed) -> {
        ObjectKey key = complain(bad);
        if (removed) {
          change(() -> content.remove(key));
        }
      }
      case WatchFrame.Bookmark<T> _, WatchFrame.Refused<T> _ -> {}
    }
  }

  private interface Change<T extends KubernetesObject> {
    List<CacheEvent<T>> make();
  }

  private void change(Change<T> change) throws InterruptedException {
    dispatch.awaitRoom();
    changes.lock();
    try {
      dispatch.tell(change.make());
    } finally {
      changes.unlock();
    }
  }

  /** The object as it is kept; empty, and complained of, if the transform cannot take it. */
  private Optional<T> prepare(T object) {
    try {
      return Optional.of(transform.apply(Stripping.strip(object)));
    } catch (RuntimeException e) {
      complain(new UnreadableObject(ObjectRef.of(object), e.toString()));
      return Optional.empty();
    }
  }

  private ObjectKey complain(UnreadableObject bad) {
    metrics.unreadable.increment();
    if (complainedOf.asMap().putIfAbsent(bad.object().uid(), true) == null) {
      log.warn(
          "cache {}: {} (UID {}) cannot be read and is left as it was known: {}",
          name,
          bad.object(),
          bad.object().uid(),
          bad.cause());
    }
    return ObjectKey.of(bad.object());
  }
}
