package io.viking.syncer.kubelet;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.viking.syncer.kubelet.streams.Upgrade;
import java.util.function.Consumer;

/** Takes the HTTP handlers out of a connection's pipeline, and puts their successor there. */
record PipelineUpgrade(Channel channel, HttpRequest request, Responder responder)
    implements Upgrade {
  @Override
  public void refuse(int status, String sentence) {
    responder.plain(status, sentence);
  }

  @Override
  public void accept(HttpHeaders headers, Consumer<ChannelPipeline> successor) {
    ChannelPipeline pipeline = channel.pipeline();
    responder.switched();
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
    response.headers().set(headers);
    // Encoded at once, as we are on the event loop: the codec can go after it.
    channel.writeAndFlush(response);
    pipeline.get(ConnectionGuard.class).upgraded();
    pipeline.remove(RequestHandler.class);
    pipeline.remove(HttpObjectAggregator.class);
    pipeline.remove(HttpServerCodec.class);
    successor.accept(pipeline);
  }
}
