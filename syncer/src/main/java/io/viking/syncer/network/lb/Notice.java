package io.viking.syncer.network.lb;

import io.viking.syncer.pods.lifecycle.Tell;

/**
 * What the user shall be told of an object.
 *
 * @param isUnserved whether some of what the object asks for is not served
 */
public record Notice(Owner owner, Tell tell, boolean isUnserved) {
  public static Notice warning(Owner owner, String reason, String message) {
    return new Notice(owner, Tell.warning(reason, message), false);
  }

  public static Notice unserved(Owner owner, String reason, String message) {
    return new Notice(owner, Tell.warning(reason, message), true);
  }
}
