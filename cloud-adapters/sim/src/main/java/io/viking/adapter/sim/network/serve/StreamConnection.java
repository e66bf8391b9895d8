package io.viking.adapter.sim.network.serve;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.viking.adapter.sim.network.lb.Traffic.Door;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * One connection through a listener of TCP to one pod. The pod speaks HTTP to who speaks HTTP, and
 * sends everything back to anybody else. Reading begins when the pod is found.
 */
final class StreamConnection extends ChannelInboundHandlerAdapter {
  private static final List<String> METHODS =
      List.of("GET ", "HEAD ", "POST ", "PUT ", "PATCH ", "DELETE ", "OPTIONS ", "TRACE ");

  private final Supplier<Door> door;
  private final Gate gate;
  private final Executor executor;

  StreamConnection(Supplier<Door> door, Gate gate, Executor executor) {
    this.door = door;
    this.gate = gate;
    this.executor = executor;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    InetAddress client = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
    executor.execute(
        () -> {
          Door now = door.get();
          Optional<Gate.Taken> taken =
              gate.choose(now, now.listener().getDefaultServerGroup(), client)
                  .filter(one -> one.pod().isPresent());
          context.executor().execute(() -> begin(context, taken));
        });
  }

  private void begin(ChannelHandlerContext context, Optional<Gate.Taken> taken) {
    if (taken.isEmpty()) {
      context.close();
      return;
    }
    SimulatedPod pod = taken.get().pod().orElseThrow();
    int port = taken.get().backend().getPort();
    context
        .pipeline()
        .addLast(
            new FirstBytes(
                new HttpTurns(
                    (request, client, secure) ->
                        Reply.json(
                            PodAnswer.http(
                                pod,
                                port,
                                request.method(),
                                request.path() + request.query(),
                                request.firstHeaders())),
                    false,
                    executor)));
    context.channel().config().setAutoRead(true);
  }

  /** Finds out from the first bytes what is spoken. */
  private static final class FirstBytes extends ByteToMessageDecoder {
    private final HttpTurns http;

    FirstBytes(HttpTurns http) {
      this.http = http;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
      String begin =
          in.toString(
              in.readerIndex(), Math.min(in.readableBytes(), 8), StandardCharsets.ISO_8859_1);
      if (METHODS.stream().anyMatch(begin::startsWith)) {
        context
            .pipeline()
            .addLast(new HttpServerCodec())
            .addLast(new HttpObjectAggregator(ListenerPipeline.MOST_BODY_BYTES))
            .addLast(http)
            .remove(this);
      } else if (METHODS.stream().noneMatch(method -> method.startsWith(begin))) {
        context.pipeline().addLast(new Echo()).remove(this);
      }
    }
  }

  /** Sends back what comes, no faster than it is taken. */
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.write(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      context.channel().config().setAutoRead(context.channel().isWritable());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
