package io.viking.syncer.kubelet;

import io.grpc.Context;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: hands each request to a virtual thread and tells it of the connection's state.
 *
 * <p>One request at a time; reading goes on meanwhile, for that is how a caller's going is seen.
 * Fields are confined to the event loop. An upgraded connection's handlers take this one's place.
 */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger log = LoggerFactory.getLogger(RequestHandler.class);

  private record Serving(Responder responder, Context.CancellableContext call) {}

  private final KubeletApi api;
  private final ConnectionGuard guard;
  private final ExecutorService executor;
  private Optional<Serving> serving = Optional.empty();

  RequestHandler(KubeletApi api, ConnectionGuard guard, ExecutorService executor) {
    this.api = api;
    this.guard = guard;
    this.executor = executor;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
    if (serving.isPresent()) {
      context.close(); // Pipelining: nobody who should be here does it.
      return;
    }
    boolean keepAlive = HttpUtil.isKeepAlive(message);
    guard.answers();
    if (!message.decoderResult().isSuccess()) {
      refuse(context, message.decoderResult().cause());
      return;
    }
    var target = new QueryStringDecoder(message.uri());
    var request =
        new KubeletApi.Request(
            message.method().name(),
            target.path(),
            new Query(target.parameters()),
            message.headers().get("X-Forwarded-Uri", ""),
            certificate(context),
            message.headers().get(HttpHeaderNames.AUTHORIZATION, ""),
            new DefaultHttpRequest(
                message.protocolVersion(), message.method(), message.uri(), message.headers()));
    Context.CancellableContext call = Context.ROOT.withCancellation();
    var responder =
        new Responder(
            context.channel(), keepAlive, () -> context.executor().execute(this::answered));
    serving = Optional.of(new Serving(responder, call));
    try {
      executor.execute(() -> serve(request, responder, call));
    } catch (RejectedExecutionException closing) {
      context.close();
    }
  }

  private void answered() {
    serving = Optional.empty();
    guard.awaitsRequest();
  }

  /** What could not be read is answered by its fault, and the connection closed. */
  private static void refuse(ChannelHandlerContext context, Throwable cause) {
    var responder = new Responder(context.channel(), false, () -> {});
    switch (cause) {
      case TooLongHttpHeaderException _ ->
          responder.plain(431, "the headers exceed %d bytes".formatted(KubeletServer.MAX_HEADERS));
      case TooLongHttpLineException _ ->
          responder.plain(
              414, "the request's line exceeds %d bytes".formatted(KubeletServer.MAX_LINE));
      default -> responder.plain(400, "malformed request");
    }
  }

  private void serve(
      KubeletApi.Request request, Responder responder, Context.CancellableContext call) {
    try {
      api.serve(request, responder, call);
    } catch (InterruptedException | Responder.GoneException gone) {
      responder.abort();
    } catch (RuntimeException defect) {
      responder.failed(request, defect);
    } finally {
      call.cancel(new CancellationException("served"));
    }
  }

  private static Optional<X509Certificate> certificate(ChannelHandlerContext context) {
    try {
      var session = context.pipeline().get(SslHandler.class).engine().getSession();
      return session.getPeerCertificates()[0] instanceof X509Certificate certificate
          ? Optional.of(certificate)
          : Optional.empty();
    } catch (SSLPeerUnverifiedException none) {
      return Optional.empty();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    serving.ifPresent(s -> s.responder().wake());
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    serving.ifPresent(
        s -> {
          s.call().cancel(new CancellationException("the caller has gone"));
          s.responder().wake();
        });
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    log.debug("connection {} closed: {}", context.channel().remoteAddress(), cause.toString());
    context.close();
  }
}
