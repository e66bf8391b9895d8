package io.viking.kube.cache;

import io.viking.kube.client.ObjectRef;
import java.util.List;

/** What {@link WatchedChanges} tell of objects whose content nobody keeps. */
public sealed interface ObjectChange {
  /** A list begins: what follows up to {@link Listed} is all that there is. */
  record Listing() implements ObjectChange {}

  /** Some of what there is. */
  record Page(List<ObjectRef> objects) implements ObjectChange {
    public Page {
      objects = List.copyOf(objects);
    }
  }

  /** The list is through. */
  record Listed() implements ObjectChange {}

  /** An object is there, new or in another state than before. */
  record Changed(ObjectRef object) implements ObjectChange {}

  /** An object is gone. */
  record Deleted(ObjectRef object) implements ObjectChange {}
}
