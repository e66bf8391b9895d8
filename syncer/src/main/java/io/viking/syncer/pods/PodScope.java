package io.viking.syncer.pods;

/** Which nodes are zones of ours. Answers may change from no to yes, never back. */
public interface PodScope {
  boolean isZone(String nodeName);

  /** The zone node's InternalIP; {@code ""} while it is not known. */
  String hostIp(String nodeName);
}
