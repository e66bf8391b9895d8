package io.viking.adapter.kit.faults;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.viking.adapter.kit.failure.Failures;
import io.viking.cloud.v1.ErrorReason;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands on one call with a stream of answers, at the pace of its slower side: a message is asked
 * for when the one before it was taken.
 */
final class StreamRelay extends ServerCall.Listener<byte[]> {
  private final ProxiedCall call;
  private final ServerCall<byte[], byte[]> caller;
  private final ClientCall<byte[], byte[]> adapter;
  private final FaultyProxy proxy;

  /** All below is guarded by this object; so are the calls to {@link #caller}. */
  private boolean over;

  private boolean headersSent;
  private boolean adapterWaits;
  private boolean callerWaits;
  private int answersUntilCut = Integer.MAX_VALUE;
  private long stalledUntilNanos = System.nanoTime();

  private StreamRelay(
      ProxiedCall call,
      ServerCall<byte[], byte[]> caller,
      ClientCall<byte[], byte[]> adapter,
      FaultyProxy proxy) {
    this.call = call;
    this.caller = caller;
    this.adapter = adapter;
    this.proxy = proxy;
  }

  static ServerCall.Listener<byte[]> start(
      Channel upstream,
      MethodDescriptor<byte[], byte[]> method,
      FaultyProxy.Arrival arrival,
      ServerCall<byte[], byte[]> caller,
      FaultyProxy proxy) {
    var relay =
        new StreamRelay(
            arrival.call(), caller, upstream.newCall(method, CallOptions.DEFAULT), proxy);
    proxy.opened(relay);
    relay.adapter.start(relay.new Answers(), new Metadata());
    relay.adapter.request(1);
    caller.request(1);
    arrival
        .fault()
        .ifPresent(
            fault -> {
              if (fault instanceof Fault.OfStream ofStream) {
                relay.strike(ofStream);
              }
            });
    return relay;
  }

  ProxiedCall call() {
    return call;
  }

  /** Does it to the stream, from now on. */
  void strike(Fault.OfStream fault) {
    switch (fault) {
      case Fault.Cut(int afterAnswers) -> cutAfter(afterAnswers);
      case Fault.Stalled(Duration by) -> stall(by);
      case Fault.Expired() -> {
        StatusRuntimeException expired =
            Failures.exception(
                ErrorReason.ERROR_REASON_REVISION_TOO_OLD, "fault: that revision is not kept");
        end(expired.getStatus(), Optional.ofNullable(expired.getTrailers()));
      }
    }
  }

  private synchronized void cutAfter(int answers) {
    answersUntilCut = answers;
    if (answers == 0) {
      end(Status.UNAVAILABLE.withDescription("fault: the stream was cut"), Optional.empty());
    }
  }

  private synchronized void stall(Duration by) {
    stalledUntilNanos = System.nanoTime() + by.toNanos();
  }

  /** Ends both sides; what the adapter still has to say is lost. */
  private synchronized void end(Status status, Optional<Metadata> trailers) {
    if (!over) {
      adapter.cancel("fault", null);
      close(status, trailers.orElseGet(Metadata::new));
    }
  }

  private synchronized void close(Status status, Metadata trailers) {
    if (!over) {
      over = true;
      notifyAll();
      proxy.ended(this);
      caller.close(status, trailers);
    }
  }

  // The caller's side.

  @Override
  public synchronized void onMessage(byte[] message) {
    if (over) {
      return;
    }
    adapter.sendMessage(message);
    if (adapter.isReady()) {
      caller.request(1);
    } else {
      callerWaits = true;
    }
  }

  @Override
  public synchronized void onHalfClose() {
    if (!over) {
      adapter.halfClose();
    }
  }

  @Override
  public void onCancel() {
    adapter.cancel("the caller has gone", null);
    synchronized (this) {
      over = true;
      notifyAll();
    }
    proxy.ended(this);
  }

  @Override
  public synchronized void onReady() {
    if (adapterWaits) {
      adapterWaits = false;
      adapter.request(1);
    }
  }

  private final class Answers extends ClientCall.Listener<byte[]> {
    @Override
    public void onHeaders(Metadata headers) {
      synchronized (StreamRelay.this) {
        sendHeaders(headers);
      }
    }

    @Override
    public void onMessage(byte[] message) {
      synchronized (StreamRelay.this) {
        awaitEndOfStall();
        if (over) {
          return;
        }
        sendHeaders(null);
        caller.sendMessage(message);
        if (answersUntilCut != Integer.MAX_VALUE) {
          cutAfter(answersUntilCut - 1);
        }
        if (caller.isReady()) {
          adapter.request(1);
        } else {
          adapterWaits = true;
        }
      }
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      synchronized (StreamRelay.this) {
        awaitEndOfStall();
        close(status.withCause(null), trailers);
      }
    }

    @Override
    public void onReady() {
      synchronized (StreamRelay.this) {
        if (callerWaits) {
          callerWaits = false;
          caller.request(1);
        }
      }
    }

    private void sendHeaders(@Nullable Metadata headers) {
      if (!over && !headersSent) {
        headersSent = true;
        caller.sendHeaders(headers == null ? new Metadata() : headers);
      }
    }

    /** Gives the lock away meanwhile, so that a stalled stream can be cut and cancelled. */
    private void awaitEndOfStall() {
      try {
        long left = stalledUntilNanos - System.nanoTime();
        while (!over && left > 0) {
          TimeUnit.NANOSECONDS.timedWait(StreamRelay.this, left);
          left = stalledUntilNanos - System.nanoTime();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
