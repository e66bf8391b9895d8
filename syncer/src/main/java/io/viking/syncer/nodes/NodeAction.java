package io.viking.syncer.nodes;

import com.google.gson.JsonObject;
import java.util.Optional;

/** What to do about one zone's Node. */
sealed interface NodeAction {
  record Create(JsonObject node) implements NodeAction {}

  /**
   * @param object strategic-merge patch of labels and spec
   * @param status strategic-merge patch of the status subresource
   */
  record Update(Optional<JsonObject> object, Optional<JsonObject> status) implements NodeAction {}

  /** The zone is gone: once no pod is on the Node, it may go as well. */
  record DeleteIfUnused(String uid) implements NodeAction {}

  /** Somebody else's Node has the zone's name. */
  record Foreign(String providerId) implements NodeAction {}

  record Nothing() implements NodeAction {}
}
