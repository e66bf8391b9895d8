package io.viking.simulation.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a server remembers of its changes, by revision, and tells those who watch. Old ones are
 * forgotten; whoever resumes before them is told to list again (410, REVISION_TOO_OLD).
 */
public final class ChangeLog<C> {
  /** A change and the revision that it made. */
  public record Entry<C>(long revision, C change) {}

  private final int most;
  private final List<Entry<C>> entries = new ArrayList<>();
  private final List<Consumer<Entry<C>>> watchers = new ArrayList<>();
  private long forgotten;

  /**
   * @param most entries that are kept at least
   */
  public ChangeLog(int most) {
    this.most = most;
  }

  /** Remembers a change and tells it; revisions rise. */
  public void append(long revision, C change) {
    var entry = new Entry<>(revision, change);
    entries.add(entry);
    if (entries.size() > 2 * most) {
      compact(entries.get(entries.size() - most).revision());
    }
    // A watcher only plans: none is added or removed meanwhile.
    watchers.forEach(watcher -> watcher.accept(entry));
  }

  /** What came after a revision; empty: it is too old. */
  public Optional<List<Entry<C>>> since(long revision) {
    if (revision < forgotten) {
      return Optional.empty();
    }
    int first = entries.size();
    while (first > 0 && entries.get(first - 1).revision() > revision) {
      first--;
    }
    return Optional.of(List.copyOf(entries.subList(first, entries.size())));
  }

  /** Forgets all up to that revision. */
  public void compact(long revision) {
    if (revision > forgotten) {
      forgotten = revision;
      entries.removeIf(entry -> entry.revision() <= revision);
    }
  }

  public void watch(Consumer<Entry<C>> watcher) {
    watchers.add(watcher);
  }

  public void unwatch(Consumer<Entry<C>> watcher) {
    watchers.remove(watcher);
  }
}
