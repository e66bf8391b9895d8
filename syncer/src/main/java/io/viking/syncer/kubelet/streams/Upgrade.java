package io.viking.syncer.kubelet.streams;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.function.Consumer;

/**
 * A caller's connection, from the request to the answer that switches protocols or does not. All
 * calls on the channel's event loop; exactly one of {@link #refuse} and {@link #accept}.
 */
public interface Upgrade {
  /** Line and headers as they came. */
  HttpRequest request();

  Channel channel();

  /** Answers in plain text; the connection stays what it is. */
  void refuse(int status, String sentence);

  /**
   * Answers 101 with these headers; whatever comes after that is the successor's.
   *
   * @param successor adds its handlers at the end; the HTTP ones are gone when they first read
   */
  void accept(HttpHeaders headers, Consumer<ChannelPipeline> successor);
}
