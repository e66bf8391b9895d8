package io.viking.kube.cache;

import io.kubernetes.client.common.KubernetesObject;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.kube.client.ListWatch;
import io.viking.kube.client.ObjectRef;
import io.viking.kube.client.PagedList;
import io.viking.kube.client.WatchFrame;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Tells which objects of a kind there are and when one changes, and keeps nothing: for whoever
 * cares about few of many and reads those himself. Only metadata travels, whatever the objects
 * hold.
 *
 * <p>The listener is called on one thread, in order, must hand over and return, and hears of an
 * object at least once after each of its changes; also of states that are older than what it has
 * read.
 */
public final class WatchedChanges<T extends KubernetesObject> implements AutoCloseable {
  private static final int PAGE = 500;

  private final ListWatch<T> source;
  private final Consumer<? super ObjectChange> listener;
  private final CacheMetrics metrics;
  private final WatchLoop<T> loop;

  /**
   * @param clock tells how long a watch has stood
   */
  public WatchedChanges(
      ListWatch<T> source,
      Consumer<? super ObjectChange> listener,
      InstantSource clock,
      MeterRegistry metrics) {
    this(source, listener, clock, RandomGenerator.getDefault(), WatchTiming.DEFAULT, metrics);
  }

  WatchedChanges(
      ListWatch<T> source,
      Consumer<? super ObjectChange> listener,
      InstantSource clock,
      RandomGenerator random,
      WatchTiming timing,
      MeterRegistry metrics) {
    this.source = source.metadataOnly();
    this.listener = listener;
    String name = source.type().plural();
    this.metrics = new CacheMetrics(name, metrics);
    this.loop = new WatchLoop<>(name, this.source, new Sink(), clock, random, timing);
  }

  /** Begins to list and watch; returns at once. */
  public void start() {
    loop.start();
  }

  @Override
  public void close() {
    loop.close();
  }

  private final class Sink implements WatchLoop.Sink<T> {
    @Override
    public String list() {
      listener.accept(new ObjectChange.Listing());
      String resourceVersion =
          new PagedList<>(source, PAGE)
              .forEachPage(
                  page -> {
                    List<ObjectRef> objects = new ArrayList<>();
                    page.objects().forEach(object -> objects.add(ObjectRef.of(object)));
                    page.unreadable().forEach(bad -> objects.add(bad.object()));
                    listener.accept(new ObjectChange.Page(objects));
                  },
                  () -> listener.accept(new ObjectChange.Listing()));
      metrics.lists.increment();
      listener.accept(new ObjectChange.Listed());
      return resourceVersion;
    }

    @Override
    public void take(WatchFrame<T> frame) {
      switch (frame) {
        case WatchFrame.Upserted<T>(T object) ->
            listener.accept(new ObjectChange.Changed(ObjectRef.of(object)));
        case WatchFrame.Removed<T>(T object) ->
            listener.accept(new ObjectChange.Deleted(ObjectRef.of(object)));
        case WatchFrame.Unreadable<T>(var bad, boolean removed) -> {
          metrics.unreadable.increment();
          listener.accept(
              removed
                  ? new ObjectChange.Deleted(bad.object())
                  : new ObjectChange.Changed(bad.object()));
        }
        case WatchFrame.Bookmark<T> _, WatchFrame.Refused<T> _ -> {}
      }
    }

    @Override
    public void broke() {
      metrics.breaks.increment();
    }
  }
}
