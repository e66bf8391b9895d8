package io.viking.syncer.kubelet;

import static io.viking.syncer.testing.Prompt.await;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** What the API server is to a kubelet: SPDY/3.1 over an upgraded connection. */
final class SpdyClient implements AutoCloseable {
  /**
   * Whether a side that does not read holds the other back is seen once the kernel takes no more.
   * By itself it may take any amount, depending on the machine.
   */
  private static final int KERNEL_BUFFER = 128 * 1024;

  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final CompletableFuture<String> answer = new CompletableFuture<>();
  private final Map<Integer, ByteArrayOutputStream> received = new ConcurrentHashMap<>();
  private final Set<Integer> replied = ConcurrentHashMap.newKeySet();
  private final Set<Integer> ended = ConcurrentHashMap.newKeySet();
  private final Set<Integer> reset = ConcurrentHashMap.newKeySet();
  private final Set<Integer> pongs = ConcurrentHashMap.newKeySet();
  private Channel channel;
  private int nextStream = 1;

  private SpdyClient() {}

  static SpdyClient connect(int port, SSLContext tls, String pathAndQuery, String... protocols)
      throws Exception {
    var client = new SpdyClient();
    client.channel =
        new Bootstrap()
            .group(client.threads)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.SO_SNDBUF, KERNEL_BUFFER)
            .option(ChannelOption.SO_RCVBUF, KERNEL_BUFFER)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    var engine = tls.createSSLEngine("127.0.0.1", port);
                    engine.setUseClientMode(true);
                    channel
                        .pipeline()
                        .addLast(new SslHandler(engine))
                        .addLast(new HttpClientCodec())
                        .addLast(new HttpObjectAggregator(1 << 16))
                        .addLast(client.new Upgrading());
                  }
                })
            .connect("127.0.0.1", port)
            .sync()
            .channel();
    var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, pathAndQuery);
    request
        .headers()
        .set("Host", "127.0.0.1")
        .set("Connection", "Upgrade")
        .set("Upgrade", "SPDY/3.1");
    request.headers().set("Content-Length", 0);
    for (String protocol : protocols) {
      request.headers().add("X-Stream-Protocol-Version", protocol);
    }
    client.channel.writeAndFlush(request).sync();
    return client;
  }

  /** The status and, unless it is 101, the text; of 101 the protocol. */
  String answer() throws Exception {
    return answer.get(10, TimeUnit.SECONDS);
  }

  /** Opens a stream without waiting for the reply. */
  int open(String... headers) {
    int stream = nextStream;
    nextStream += 2;
    var frame = new DefaultSpdySynStreamFrame(stream, 0, (byte) 0);
    for (int i = 0; i < headers.length; i += 2) {
      frame.headers().set(headers[i], headers[i + 1]);
    }
    channel.writeAndFlush(frame);
    return stream;
  }

  void send(int stream, byte[] data) {
    channel.writeAndFlush(new DefaultSpdyDataFrame(stream, Unpooled.wrappedBuffer(data)));
  }

  void send(int stream, String data) {
    send(stream, data.getBytes(StandardCharsets.UTF_8));
  }

  void end(int stream) {
    var last = new DefaultSpdyDataFrame(stream);
    last.setLast(true);
    channel.writeAndFlush(last);
  }

  void write(Object frame) {
    channel.writeAndFlush(frame);
  }

  void ping(int id) {
    channel.writeAndFlush(new DefaultSpdyPingFrame(id));
  }

  void awaitPong(int id) {
    await().until(() -> pongs.contains(id));
  }

  /** All that were answered. */
  Set<Integer> pongs() {
    return Set.copyOf(pongs);
  }

  void reset(int stream) {
    channel.writeAndFlush(new DefaultSpdyRstStreamFrame(stream, SpdyStreamStatus.CANCEL));
  }

  void reading(boolean on) {
    channel.config().setAutoRead(on);
  }

  boolean isWritable() {
    return channel.isWritable();
  }

  void awaitReplied(int stream) {
    await().until(() -> replied.contains(stream));
  }

  void awaitEnded(int stream) {
    await().until(() -> ended.contains(stream));
  }

  void awaitReset(int stream) {
    await().until(() -> reset.contains(stream));
  }

  void awaitClosed() {
    await().until(() -> !channel.isOpen());
  }

  byte[] bytes(int stream) {
    var bytes = received.get(stream);
    return bytes == null ? new byte[0] : bytes.toByteArray();
  }

  String text(int stream) {
    return new String(bytes(stream), StandardCharsets.UTF_8);
  }

  void awaitText(int stream, String expected) {
    await()
        .untilAsserted(
            () -> org.assertj.core.api.Assertions.assertThat(text(stream)).isEqualTo(expected));
  }

  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
    threads.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  private final class Upgrading extends SimpleChannelInboundHandler<FullHttpResponse> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
      int status = response.status().code();
      if (status != 101) {
        answer.complete(status + " " + response.content().toString(StandardCharsets.UTF_8).strip());
        return;
      }
      var pipeline = context.pipeline();
      pipeline.addLast(new SpdyFrameCodec(SpdyVersion.SPDY_3_1, 1 << 16, 1 << 16, 6, 15, 8));
      pipeline.addLast(new Frames());
      pipeline.remove(HttpObjectAggregator.class);
      pipeline.remove(this);
      pipeline.remove(HttpClientCodec.class);
      answer.complete("101 " + response.headers().get("X-Stream-Protocol-Version"));
    }
  }

  private final class Frames extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      switch (frame) {
        case SpdySynReplyFrame reply -> replied.add(reply.streamId());
        case SpdyDataFrame data -> {
          byte[] bytes = new byte[data.content().readableBytes()];
          data.content().readBytes(bytes);
          received
              .computeIfAbsent(data.streamId(), made -> new ByteArrayOutputStream())
              .writeBytes(bytes);
          if (data.isLast()) {
            ended.add(data.streamId());
          }
        }
        case SpdyRstStreamFrame rst -> reset.add(rst.streamId());
        case SpdyPingFrame ping -> pongs.add(ping.id());
        default -> {}
      }
      ReferenceCountUtil.release(frame);
    }
  }
}
