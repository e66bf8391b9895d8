package io.viking.kube.client;

import io.viking.kube.client.ObjectPage.UnreadableObject;

/** One line of a watch. */
public sealed interface WatchFrame<T> {
  /** Created, or changed: its whole state now. */
  record Upserted<T>(T object) implements WatchFrame<T> {}

  /** Gone (or out of the selection); its last state. */
  record Removed<T>(T object) implements WatchFrame<T> {}

  /** Nothing happened; a later watch may resume here. */
  record Bookmark<T>(String resourceVersion) implements WatchFrame<T> {}

  /** The server ends the watch: 410 means that its resource version is not kept any more. */
  record Refused<T>(KubeApiException cause) implements WatchFrame<T> {}

  /** Something happened to an object that cannot be decoded. */
  record Unreadable<T>(UnreadableObject object, boolean removed) implements WatchFrame<T> {}
}
