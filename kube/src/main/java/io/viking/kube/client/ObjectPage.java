package io.viking.kube.client;

import java.util.List;

/**
 * A part of a list.
 *
 * @param unreadable objects that exist but could not be decoded
 * @param resourceVersion of the whole list, the same on every page
 * @param continueToken where the next page begins; {@code ""} on the last
 */
public record ObjectPage<T>(
    List<T> objects,
    List<UnreadableObject> unreadable,
    String resourceVersion,
    String continueToken) {
  public ObjectPage {
    objects = List.copyOf(objects);
    unreadable = List.copyOf(unreadable);
  }

  /** An object that could not be decoded, and why. */
  public record UnreadableObject(ObjectRef object, String cause) {}
}
