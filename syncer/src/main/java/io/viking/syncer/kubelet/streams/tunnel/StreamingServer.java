package io.viking.syncer.kubelet.streams.tunnel;

import io.viking.syncer.kubelet.streams.StreamRequest;
import java.net.URI;

/**
 * Says where a pool's streaming server takes a request. Called on an event loop: must not block.
 */
public interface StreamingServer {
  /**
   * @return an {@code http} address with host, port, path and query; containerd's carry a token
   */
  URI locate(StreamRequest request);
}
