package io.viking.syncer.pods.files;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.syncer.pods.lifecycle.PodRef;
import io.viking.syncer.pods.lifecycle.Tell;
import io.viking.syncer.pods.manifest.FileSource;
import java.util.List;

/** The calls that the core of file updates asks for. */
public sealed interface FilesEffect {
  /** Reads these pods' files and sends what their instances do not have. */
  record Update(long call, List<Item> items) implements FilesEffect {
    public Update {
      items = List.copyOf(items);
    }
  }

  /**
   * @param pod of exactly the UID whose instance gets the files
   */
  record Item(String uid, V1Pod pod, FileSource.Has has) {}

  /** What these pods wait for may be there now. */
  record Nudge(List<String> uids) implements FilesEffect {
    public Nudge {
      uids = List.copyOf(uids);
    }
  }

  /** An event for the user; best effort, without an answer. */
  record TellUser(PodRef pod, Tell tell) implements FilesEffect {}
}
