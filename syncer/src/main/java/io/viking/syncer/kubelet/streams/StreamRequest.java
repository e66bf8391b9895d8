package io.viking.syncer.kubelet.streams;

import java.util.List;

/** What a caller who may do so asks for; checked, and its pod is known. */
public sealed interface StreamRequest {
  /** The pod's UID. */
  String uid();

  /**
   * A command of its own in a container, or the container's own process.
   *
   * @param command empty when attaching
   * @param stdin and the others: the streams that the caller opens; never stderr with a tty
   * @param containerTty whether the process at the other end has a terminal
   */
  record Process(
      Kind kind,
      String uid,
      String container,
      List<String> command,
      boolean stdin,
      boolean stdout,
      boolean stderr,
      boolean tty,
      boolean containerTty)
      implements StreamRequest {
    public Process {
      command = List.copyOf(command);
    }
  }

  enum Kind {
    EXEC("cannot exec in a stopped container"),
    ATTACH("cannot attach to a stopped container");

    private final String refusedStopped;

    Kind(String refusedStopped) {
      this.refusedStopped = refusedStopped;
    }

    /** Why not, in the kubelet's words, once the container has ended. */
    public String refusedStopped() {
      return refusedStopped;
    }
  }

  /**
   * Connections to ports inside the instance.
   *
   * @param pod what messages call it
   * @param ports those that the query named; over SPDY each pair of streams names its own
   */
  record PortForward(String uid, String pod, List<Integer> ports) implements StreamRequest {
    public PortForward {
      ports = List.copyOf(ports);
    }
  }
}
