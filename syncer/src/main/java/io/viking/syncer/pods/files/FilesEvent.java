package io.viking.syncer.pods.files;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.errors.CloudFailure;
import io.viking.syncer.pods.manifest.FileFacts;
import io.viking.syncer.pods.manifest.Reference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the core of file updates hears. */
public sealed interface FilesEvent {
  /** From the pod cache: new or changed. */
  record PodSeen(V1Pod pod) implements FilesEvent {}

  /** From the pod cache: gone. */
  record PodGone(String uid) implements FilesEvent {}

  /** The pod was resolved: an instance that is created next gets these files. */
  record Prepared(String uid, FileFacts facts) implements FilesEvent {}

  /** Its instance was created, of what was prepared last. */
  record Created(String uid) implements FilesEvent {}

  /**
   * An instance of a pod.
   *
   * @param createdAt empty: the cloud does not say
   */
  record Sight(String uid, boolean lives, Optional<Instant> createdAt) {}

  /** From the follower: all instances that exist. */
  record InstancesListed(List<Sight> instances) implements FilesEvent {
    public InstancesListed {
      instances = List.copyOf(instances);
    }
  }

  record InstanceSeen(Sight instance) implements FilesEvent {}

  record InstanceGone(String uid) implements FilesEvent {}

  /** A list of all objects of the kind begins. */
  record Listing(Reference.Kind kind) implements FilesEvent {}

  /** Objects that exist, in this version. */
  record Present(List<Version> objects) implements FilesEvent {
    public Present {
      objects = List.copyOf(objects);
    }
  }

  /** The list is through: what was not in it does not exist. */
  record Listed(Reference.Kind kind) implements FilesEvent {}

  /** An object appeared or changed. */
  record Changed(Version object) implements FilesEvent {}

  /** An object is gone. */
  record Deleted(Reference reference) implements FilesEvent {}

  /** Which state of an object; equal or not, no more can be told from it. */
  record Version(Reference reference, String resourceVersion) {}

  /** One outcome for each item, in order. One that nobody waits for is ignored. */
  record Answered(long call, List<Outcome> outcomes) implements FilesEvent {
    public Answered {
      outcomes = List.copyOf(outcomes);
    }
  }

  /** Timer: a pod's files want to be looked at. */
  record Wake(String uid) implements FilesEvent {}

  /** Timer: the cloud's rate limit may have room again. */
  record GateOpens() implements FilesEvent {}

  /** What became of looking at a pod's files. */
  sealed interface Outcome {
    /**
     * The instance has them as they are now.
     *
     * @param sent whether anything had to be sent
     * @param missing what could not be had; the instance keeps what it has of it
     */
    record Current(FileFacts facts, boolean sent, Optional<String> missing) implements Outcome {}

    /**
     * The cloud did not take them, as far as we know.
     *
     * @param volumes that were sent: which of them the instance has now is not known
     */
    record Refused(CloudFailure failure, Set<String> volumes) implements Outcome {
      public Refused {
        volumes = Set.copyOf(volumes);
      }
    }

    /** The API server did not answer. */
    record Unread(String message) implements Outcome {}
  }
}
