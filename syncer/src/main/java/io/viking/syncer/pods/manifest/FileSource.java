package io.viking.syncer.pods.manifest;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.FileVolume;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of pods whose instances exist, as they should be now. Blocking; safe for all threads.
 */
public interface FileSource {
  /**
   * What the instance has.
   *
   * @param digests of its volumes, as far as known
   * @param tokensDue its tokens are to be renewed
   * @param knownOnly volumes with tokens of which nothing is known are left alone until those are
   *     due: after a restart, where looking at each would mean a token for each
   */
  record Has(Map<String, ContentDigest> digests, boolean tokensDue, boolean knownOnly) {
    public Has {
      digests = Map.copyOf(digests);
    }
  }

  /** What came of reading. */
  sealed interface Reading {
    /**
     * @param changed volumes that the instance does not have like this; whole
     * @param facts of all volumes that could be read; {@code tokenLife} only if tokens were asked
     *     for
     * @param missing what could not be had of the other volumes, in the kubelet's words; what the
     *     instance has of them stays
     */
    record Read(List<FileVolume> changed, FileFacts facts, Optional<String> missing)
        implements Reading {
      public Read {
        changed = List.copyOf(changed);
      }

      /** Never what the files hold. */
      @Override
      public String toString() {
        return "Read[" + changed.size() + " volumes, " + facts + ", " + missing + "]";
      }
    }

    /** The API server did not answer; nothing is known. */
    record Failed(String message) implements Reading {}
  }

  /** Reads what the pod's volumes refer to, and asks for tokens where they are due. */
  Reading read(V1Pod pod, Has has) throws InterruptedException;

  /**
   * A watch told that the object is another now, or gone: what was read before is not given any
   * more.
   */
  void changed(Reference reference);

  /** The same of any object: a list was taken after a gap in the watch. */
  void anyChanged();
}
