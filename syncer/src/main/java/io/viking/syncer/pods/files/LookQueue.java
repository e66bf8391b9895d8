package io.viking.syncer.pods.files;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The pods whose files are due, first come first served, each at most once at a time. What
 * something happened to goes before what is merely due, which never takes all of the width.
 */
final class LookQueue {
  private final int width;
  private final int backgroundWidth;
  private final LinkedHashSet<String> urgent = new LinkedHashSet<>();
  private final LinkedHashSet<String> background = new LinkedHashSet<>();
  private final Set<String> inFlight = new HashSet<>();
  private int calls;
  private int backgroundCalls;

  /** Pods for one call. */
  record Batch(List<String> uids, boolean isUrgent) {}

  LookQueue(FilesConfig config) {
    this.width = config.updateWidth();
    this.backgroundWidth = config.backgroundWidth();
  }

  /** A pod is due; no effect while a call for it is made. */
  void add(String uid, boolean isUrgent) {
    if (inFlight.contains(uid)) {
      return;
    }
    if (isUrgent) {
      background.remove(uid);
      urgent.add(uid);
    } else if (!urgent.contains(uid)) {
      background.add(uid);
    }
  }

  void remove(String uid) {
    urgent.remove(uid);
    background.remove(uid);
  }

  /** The pods for the next call, out of the queue; empty if there is none to be made now. */
  Optional<Batch> next(int most) {
    if (calls >= width || most < 1) {
      return Optional.empty();
    }
    if (!urgent.isEmpty()) {
      return Optional.of(new Batch(take(urgent, most), true));
    }
    return background.isEmpty() || backgroundCalls >= backgroundWidth
        ? Optional.empty()
        : Optional.of(new Batch(take(background, most), false));
  }

  void started(Batch batch) {
    calls++;
    backgroundCalls += batch.isUrgent() ? 0 : 1;
    inFlight.addAll(batch.uids());
  }

  void ended(Batch batch) {
    calls--;
    backgroundCalls -= batch.isUrgent() ? 0 : 1;
    batch.uids().forEach(inFlight::remove);
  }

  boolean isEmpty() {
    return urgent.isEmpty() && background.isEmpty();
  }

  private static List<String> take(LinkedHashSet<String> from, int most) {
    List<String> taken = from.stream().limit(most).toList();
    Iterator<String> all = from.iterator();
    for (int i = 0; i < taken.size(); i++) {
      all.next();
      all.remove();
    }
    return taken;
  }
}
