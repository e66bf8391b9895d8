package io.viking.syncer.kubelet.streams.terminated;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.viking.syncer.kubelet.streams.StreamLimits;
import org.junit.jupiter.api.Test;

class WebSocketWireTest {
  @Test
  void aListenerThatCannotBegin_endsTheConnection_withAnError() {
    var channel = new EmbeddedChannel();
    channel
        .pipeline()
        .addLast(new WebSocketWire(channel, StreamLimits.DEFAULT, true, wire -> new Defect()));

    CloseWebSocketFrame close = channel.readOutbound();
    assertThat(close.statusCode()).isEqualTo(WebSocketCloseStatus.INTERNAL_SERVER_ERROR.code());
    assertThat(channel.isOpen()).isFalse();
    close.release();
  }

  private static final class Defect implements WireListener {
    @Override
    public void begin() {
      throw new IllegalStateException("a defect");
    }

    @Override
    public void received(int stream, ByteBuf data) {}

    @Override
    public void ended(int stream) {}

    @Override
    public void writable() {}

    @Override
    public void gone() {}
  }
}
