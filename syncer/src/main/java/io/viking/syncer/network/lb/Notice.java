package io.viking.syncer.network.lb;

import io.viking.syncer.pods.lifecycle.Tell;

/** What the user shall be told of an object. */
public record Notice(Owner owner, Tell tell) {
  public static Notice warning(Owner owner, String reason, String message) {
    return new Notice(owner, Tell.warning(reason, message));
  }
}
