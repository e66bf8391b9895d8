package io.viking.syncer.kubelet.streams;

/**
 * A way of serving exec, attach and port-forward to a caller who was let in. Either the streams end
 * here and go on as calls of the contract, or the bytes go through to a streaming server that the
 * pool has.
 */
public interface StreamWay {
  /**
   * Takes the connection over. Called on its event loop, must not block; whatever it begins ends
   * with the connection.
   */
  void serve(StreamRequest request, Upgrade upgrade);

  /**
   * The way of a pool. Its adapter says by the contract what it has; as long as the contract knows
   * no streaming server, that is always terminated streams.
   */
  static StreamWay of(io.grpc.Channel cloud, String clusterId, StreamLimits limits) {
    return new io.viking.syncer.kubelet.streams.terminated.TerminatedStreams(
        cloud, clusterId, limits);
  }
}
