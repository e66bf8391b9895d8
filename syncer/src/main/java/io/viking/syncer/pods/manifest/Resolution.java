package io.viking.syncer.pods.manifest;

import io.viking.cloud.v1.InstanceSpec;
import java.util.List;

/** What became of resolving a pod. */
public sealed interface Resolution {
  /**
   * All of it was found.
   *
   * @param spec all but {@code attempt}, which is the caller's
   * @param warnings for the user, one sentence each; nothing depends on them
   * @param files what to remember of the files in it
   */
  record Resolved(InstanceSpec spec, List<Warning> warnings, FileFacts files)
      implements Resolution {
    public Resolved {
      warnings = List.copyOf(warnings);
    }

    /** A pod without files. */
    public Resolved(InstanceSpec spec, List<Warning> warnings) {
      this(spec, warnings, FileFacts.NONE);
    }

    /** Never the files, variables and credentials in it. */
    @Override
    public String toString() {
      return "Resolved[" + spec.getUid() + ", " + warnings + "]";
    }
  }

  /** A warning event: reason in CamelCase ("InvalidEnvironmentVariableNames"), one sentence. */
  record Warning(String reason, String message) {}

  /**
   * Something is missing that may yet appear: try again, each time later.
   *
   * @param container the container that waits for it; {@code ""} = all of them
   * @param reason the kubelet's waiting reason: {@code CreateContainerConfigError}, {@code
   *     ContainerCreating}
   * @param message the kubelet's message: {@code configmap "x" not found}
   */
  record Waiting(String container, String reason, String message) implements Resolution {
    /** The reason of the warning event that tells of it. */
    public String eventReason() {
      return reason.equals("ContainerCreating") ? "FailedMount" : "Failed";
    }

    /** The text of that event, as the kubelet's. */
    public String eventMessage() {
      return reason.equals("ContainerCreating") ? message : "Error: " + message;
    }
  }

  /** The pod can never run as it is; the message names the field, the value and the way out. */
  record Refused(String reason, String message) implements Resolution {}

  /** The API server did not answer; nothing is known. Try again soon. */
  record Retry(String message) implements Resolution {}
}
