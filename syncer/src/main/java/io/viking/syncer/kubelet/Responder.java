package io.viking.syncer.kubelet;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.viking.syncer.kubelet.streams.Upgrade;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answer to one request. Written from a virtual thread, which waits while the caller reads more
 * slowly than we write: so at most a channel's water mark is held in memory per stream.
 */
final class Responder {
  /** The caller has gone; whatever serves it ends. */
  static final class GoneException extends Exception {
    private static final long serialVersionUID = 1;

    GoneException() {
      super("the caller has gone", null, false, false);
    }
  }

  private static final Logger log = LoggerFactory.getLogger(Responder.class);

  /** The content type of whatever people read. */
  static final String TEXT = "text/plain; charset=utf-8";

  private static final int PIECE = 64 * 1024;

  private final Channel channel;
  private final boolean keepAlive;
  private final Runnable done;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition writable = lock.newCondition();
  private boolean begun;

  /**
   * @param done called once, when the answer is complete
   */
  Responder(Channel channel, boolean keepAlive, Runnable done) {
    this.channel = channel;
    this.keepAlive = keepAlive;
    this.done = done;
  }

  /** A whole answer in plain text. */
  void plain(int status, String text) {
    whole(status, TEXT, text + "\n");
  }

  void methodNotAllowed(String allowed) {
    DefaultFullHttpResponse response = full(405, TEXT, "allowed: " + allowed + "\n");
    response.headers().set(HttpHeaderNames.ALLOW, allowed);
    send(response);
  }

  void whole(int status, String type, String text) {
    send(full(status, type, text));
  }

  private static DefaultFullHttpResponse full(int status, String type, String text) {
    ByteBuf content = Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), content);
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
    return response;
  }

  private void send(DefaultFullHttpResponse response) {
    lock.lock();
    try {
      if (begun) {
        // Too late for another answer than the one that has begun.
        response.release();
        abort();
        return;
      }
      begun = true;
      HttpUtil.setKeepAlive(response, keepAlive);
      done.run();
      var written = channel.writeAndFlush(response);
      if (!keepAlive) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A whole answer that may be long: chunked, as fast as the caller takes it. */
  void text(String type, String text) throws InterruptedException, GoneException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    begin(type);
    for (int at = 0; at < bytes.length; at += PIECE) {
      write(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + PIECE)));
    }
    end();
  }

  /**
   * Leaves the answer to somebody who may switch protocols.
   *
   * @param by called on the connection's event loop, if the caller is still there; what it throws
   *     is logged and answered
   */
  void upgrade(KubeletApi.Request request, Consumer<Upgrade> by) {
    channel
        .eventLoop()
        .execute(
            () -> {
              if (!channel.isActive()) {
                return;
              }
              try {
                by.accept(new PipelineUpgrade(channel, request.head(), this));
              } catch (RuntimeException defect) {
                failed(request, defect);
              }
            });
  }

  /** The connection speaks another protocol from now on: nothing can be answered here any more. */
  void switched() {
    lock.lock();
    try {
      begun = true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The request could not be served, by a defect of ours: logs it, and says so while an answer has
   * not begun; else cuts the connection.
   */
  void failed(KubeletApi.Request request, RuntimeException defect) {
    log.error("{} {} failed", request.method(), request.path(), defect);
    plain(500, "internal error");
  }

  /** Sends the headers of a chunked answer, unless they are sent. */
  void begin(String type) {
    lock.lock();
    try {
      if (begun) {
        return;
      }
      begun = true;
      var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
      response.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
      HttpUtil.setKeepAlive(response, keepAlive);
      channel.writeAndFlush(response);
    } finally {
      lock.unlock();
    }
  }

  /** Sends those headers after some time at the latest. */
  void beginWithin(Duration time, String type) {
    var unused =
        channel.eventLoop().schedule(() -> begin(type), time.toMillis(), TimeUnit.MILLISECONDS);
  }

  boolean hasBegun() {
    lock.lock();
    try {
      return begun;
    } finally {
      lock.unlock();
    }
  }

  /** Sends a piece, after waiting until the caller has taken enough of those before. */
  void write(byte[] piece) throws InterruptedException, GoneException {
    lock.lock();
    try {
      while (channel.isActive() && !channel.isWritable()) {
        writable.await();
      }
      if (!channel.isActive()) {
        throw new GoneException();
      }
      channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece)));
    } finally {
      lock.unlock();
    }
  }

  /** Ends a chunked answer. */
  void end() {
    lock.lock();
    try {
      done.run();
      var written = channel.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
      if (!keepAlive) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Cuts a chunked answer off, so that the caller sees that something is missing. */
  void abort() {
    channel.close();
  }

  /** Wakes a waiting writer; the channel took what it had, or is gone. */
  void wake() {
    lock.lock();
    try {
      writable.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
