package io.viking.syncer.pods.files;

import io.viking.syncer.pods.lifecycle.PodRef;
import io.viking.syncer.pods.manifest.FileFacts;

/**
 * Hears what instances are created with, so that they need not be told again. Any thread; returns
 * at once.
 */
public interface PreparedFiles {
  PreparedFiles UNHEARD =
      new PreparedFiles() {
        @Override
        public void prepared(PodRef pod, FileFacts facts) {}

        @Override
        public void created(PodRef pod) {}
      };

  /** A create of this pod's instance may follow, with these files. */
  void prepared(PodRef pod, FileFacts facts);

  /** That create was accepted, and made the instance. */
  void created(PodRef pod);
}
