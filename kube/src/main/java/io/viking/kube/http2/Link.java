package io.viking.kube.http2;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the server: opened when it is first needed, and anew after it broke. Calls that
 * are handed over while the event loop is busy go out together.
 */
final class Link {
  private final EventLoop loop;
  private final Connector connector;
  private final Queue<Exchange> handedOver = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean told = new AtomicBoolean();

  // Of the event loop alone.
  private @Nullable Session session;
  private boolean opening;
  private boolean closed;

  Link(EventLoop loop, Connector connector) {
    this.loop = loop;
    this.connector = connector;
  }

  /** Any thread; returns at once. */
  void send(Exchange exchange) {
    handedOver.add(exchange);
    if (told.compareAndSet(false, true)) {
      try {
        loop.execute(this::sendAll);
      } catch (RejectedExecutionException over) {
        told.set(false);
        failAll(new IOException("closed", over));
      }
    }
  }

  /** Sends no more; what was sent fails. On the event loop. */
  void close() {
    closed = true;
    failAll(new IOException("closed"));
    if (session != null) {
      session.abandon();
    }
  }

  private void sendAll() {
    told.set(false);
    if (closed) {
      failAll(new IOException("closed"));
    } else if (session == null || !session.isFit()) {
      open();
    } else {
      sendWhatFits(session);
      session.flush();
    }
  }

  private void sendWhatFits(Session over) {
    while (over.hasRoom()) {
      Exchange next = handedOver.poll();
      if (next == null) {
        return;
      }
      if (next.nanosLeft() <= 0) {
        next.fail(new IOException("timeout"));
      } else {
        over.send(next);
      }
    }
  }

  private void open() {
    if (!opening && !handedOver.isEmpty()) {
      opening = true;
      var attempt = new Attempt();
      try {
        connector.open(loop, attempt);
      } catch (RuntimeException defect) {
        attempt.failed(defect);
      }
    }
  }

  /** One connection's life, as far as this has to know it. */
  private final class Attempt implements Connector.Outcome {
    private boolean ready;

    @Override
    public void failed(Throwable cause) {
      opening = false;
      failAll(cause);
    }

    @Override
    public void ready(Session made) {
      ready = true;
      opening = false;
      session = made;
      if (closed) {
        made.abandon();
      }
      sendAll();
    }

    @Override
    public void room() {
      if (session != null && session.isFit()) {
        sendWhatFits(session);
      } else if (ready) {
        open();
      }
    }

    @Override
    public void closed(Session over) {
      if (!ready) {
        failed(new IOException("the connection broke before the server had said anything"));
      } else if (session == over) {
        session = null;
        sendAll();
      }
    }
  }

  private void failAll(Throwable cause) {
    for (Exchange next = handedOver.poll(); next != null; next = handedOver.poll()) {
      next.fail(cause);
    }
  }
}
