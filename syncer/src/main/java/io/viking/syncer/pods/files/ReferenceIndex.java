package io.viking.syncer.pods.files;

import io.viking.syncer.pods.files.FilesEvent.Version;
import io.viking.syncer.pods.manifest.Reference;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which pods refer to an object, for the objects that any pod refers to: what is told of all others
 * is forgotten at once.
 */
final class ReferenceIndex {
  private static final String NONE = "";

  private static final class Entry {
    private final Set<String> uids = new LinkedHashSet<>();

    /** As last told; {@link #NONE}: gone, or not told of yet. */
    private String version = NONE;

    private boolean listed;
  }

  private final Map<Reference, Entry> entries = new LinkedHashMap<>();

  /** Pods refer to these objects no more, or from now on. */
  void replace(String uid, Set<Reference> before, Set<Reference> after) {
    for (Reference reference : before) {
      Entry entry = entries.get(reference);
      if (entry != null && !after.contains(reference)) {
        entry.uids.remove(uid);
        if (entry.uids.isEmpty()) {
          entries.remove(reference);
        }
      }
    }
    for (Reference reference : after) {
      if (!before.contains(reference)) {
        entries.computeIfAbsent(reference, _ -> new Entry()).uids.add(uid);
      }
    }
  }

  /** A list of all objects of the kind begins. */
  void listing(Reference.Kind kind) {
    entries.forEach(
        (reference, entry) -> {
          if (reference.kind() == kind) {
            entry.listed = false;
          }
        });
  }

  /** What a look-up in the index found. */
  record Hit(List<String> uids, boolean first) {
    static final Hit NOBODY = new Hit(List.of(), false);
  }

  /**
   * An object exists in this version.
   *
   * @return those who refer to it, if it is another version than before; {@code first} if none was
   *     known
   */
  Hit present(Version object) {
    Entry entry = entries.get(object.reference());
    if (entry == null) {
      return Hit.NOBODY;
    }
    entry.listed = true;
    if (entry.version.equals(object.resourceVersion())) {
      return Hit.NOBODY;
    }
    boolean first = entry.version.equals(NONE);
    entry.version = object.resourceVersion();
    return new Hit(List.copyOf(entry.uids), first);
  }

  /** An object is gone: those who refer to it. */
  List<String> deleted(Reference reference) {
    Entry entry = entries.get(reference);
    if (entry == null) {
      return List.of();
    }
    entry.version = NONE;
    return List.copyOf(entry.uids);
  }

  /** The list is through: the objects that were known and are not in it. */
  Set<Reference> unlisted(Reference.Kind kind) {
    Set<Reference> gone = new LinkedHashSet<>();
    entries.forEach(
        (reference, entry) -> {
          if (reference.kind() == kind && !entry.listed && !entry.version.equals(NONE)) {
            gone.add(reference);
          }
        });
    return gone;
  }

  int size() {
    return entries.size();
  }
}
