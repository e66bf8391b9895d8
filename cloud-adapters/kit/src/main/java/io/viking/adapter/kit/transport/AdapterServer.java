package io.viking.adapter.kit.transport;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves an adapter's services, on any number of addresses at once, together with gRPC's health and
 * reflection services.
 *
 * <p>Calls run on virtual threads: a service may block. Of the adapter's own services every call is
 * counted ({@code viking_adapter_requests_total}, {@code viking_adapter_request_duration_seconds}),
 * and every call that fails is logged once, with method, status and reason and never with its
 * content. A service fails a call with what {@code Failures.exception} gives; an exception of any
 * other kind reaches the caller as INTERNAL, and the log with its stack trace. A call that the
 * caller cancelled has not failed.
 *
 * <p>Messages are at most 4 MiB, both ways.
 */
public final class AdapterServer implements AutoCloseable {
  /** The largest message of the contract, bytes. */
  public static final int MAX_MESSAGE_BYTES = 4 << 20;

  private static final Logger log = LoggerFactory.getLogger(AdapterServer.class);

  private final List<Listener> listeners;
  private final HealthStatusManager health;
  private final OpenCalls openCalls;
  private final ExecutorService executor;
  private final Duration stopWithin;

  private AdapterServer(
      List<Listener> listeners,
      HealthStatusManager health,
      OpenCalls openCalls,
      ExecutorService executor,
      Duration stopWithin) {
    this.listeners = List.copyOf(listeners);
    this.health = health;
    this.openCalls = openCalls;
    this.executor = executor;
    this.stopWithin = stopWithin;
  }

  public static Builder builder(MeterRegistry meters) {
    return new Builder(meters);
  }

  /** Where it is served, in the order of {@code listen}, with the ports that were found free. */
  public List<AdapterAddress> addresses() {
    return listeners.stream().map(Listener::address).toList();
  }

  /**
   * Stops: health says NOT_SERVING, no call is taken any more, calls with one answer may finish
   * within the time of {@code stopWithin}, then all others, streams among them, end as UNAVAILABLE.
   * Returns when every socket is closed; a service that still works then is interrupted. A second
   * call does nothing.
   */
  @Override
  public void close() {
    health.enterTerminalState();
    listeners.forEach(listener -> listener.server().shutdown());
    openCalls.awaitNone(stopWithin);
    listeners.forEach(Listener::close);
    stop(executor);
  }

  /** A service that goes on although its callers have gone is interrupted. */
  private static void stop(ExecutorService executor) {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(1, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private record Listener(AdapterAddress address, Server server, Binding binding) {
    void close() {
      server.shutdownNow();
      boolean interrupted = false;
      while (true) {
        try {
          server.awaitTermination();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      binding.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What to serve and where. Not for several threads. */
  public static final class Builder {
    private final MeterRegistry meters;
    private final List<BindableService> services = new ArrayList<>();
    private final List<Binding> bindings = new ArrayList<>();
    private Duration stopWithin = Duration.ofSeconds(10);

    private Builder(MeterRegistry meters) {
      this.meters = meters;
    }

    public Builder service(BindableService service) {
      services.add(service);
      return this;
    }

    public Builder services(List<? extends BindableService> more) {
      services.addAll(more);
      return this;
    }

    /**
     * In process or on a Unix socket.
     *
     * @throws IllegalArgumentException for TCP, which must say how it is secured
     */
    public Builder listen(AdapterAddress address) {
      bindings.add(
          switch (address) {
            case AdapterAddress.InProcess inProcess -> new InProcessBinding(inProcess);
            case AdapterAddress.UnixSocket socket -> new UnixSocketBinding(socket);
            case AdapterAddress.Tcp tcp -> throw TcpBinding.unsecured(tcp);
          });
      return this;
    }

    /** On a TCP port; on the other kinds of address the security is not needed and not used. */
    public Builder listen(AdapterAddress address, TransportSecurity security) {
      switch (address) {
        case AdapterAddress.Tcp tcp -> bindings.add(new TcpBinding(tcp, security));
        case AdapterAddress.InProcess inProcess -> listen(inProcess);
        case AdapterAddress.UnixSocket socket -> listen(socket);
      }
      return this;
    }

    /** How long {@code close} lets calls with one answer finish. 10 s unless told otherwise. */
    public Builder stopWithin(Duration time) {
      stopWithin = time;
      return this;
    }

    /**
     * Serves on all addresses, or on none.
     *
     * @throws IOException with a sentence that names the address and what is in the way: a port or
     *     socket in use, a directory open to others, a missing or malformed file
     */
    public AdapterServer start() throws IOException {
      HealthStatusManager health = new HealthStatusManager();
      OpenCalls openCalls = new OpenCalls();
      ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
      List<Listener> started = new ArrayList<>();
      try {
        for (Binding binding : bindings) {
          started.add(start(binding, health, openCalls, executor));
        }
      } catch (IOException | RuntimeException e) {
        started.forEach(Listener::close);
        executor.close();
        throw e;
      }
      AdapterServer server = new AdapterServer(started, health, openCalls, executor, stopWithin);
      log.info("The adapter is served at {}", server.addresses());
      return server;
    }

    private Listener start(
        Binding binding, HealthStatusManager health, OpenCalls openCalls, ExecutorService executor)
        throws IOException {
      try {
        var builder = binding.open().executor(executor).maxInboundMessageSize(MAX_MESSAGE_BYTES);
        for (BindableService service : services) {
          ServerServiceDefinition definition = service.bindService();
          builder.addService(
              ServerInterceptors.interceptForward(
                  definition, openCalls, new CallMetrics(meters), new FailureBoundary()));
          health.setStatus(
              definition.getServiceDescriptor().getName(),
              io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING);
        }
        builder.addService(health.getHealthService());
        builder.addService(ProtoReflectionServiceV1.newInstance());
        Server server = builder.build().start();
        return new Listener(binding.bound(server), server, binding);
      } catch (IOException e) {
        binding.close();
        throw new IOException(
            "The adapter cannot be served at %s: %s".formatted(binding.address(), reason(e)), e);
      } catch (RuntimeException e) {
        binding.close();
        throw e;
      }
    }

    /** gRPC's own "Failed to bind" hides the system's word for it in the cause. */
    private static String reason(IOException e) {
      String message = String.valueOf(e.getMessage());
      Throwable cause = e.getCause();
      return cause instanceof IOException && !message.contains(String.valueOf(cause.getMessage()))
          ? message + ": " + cause.getMessage()
          : message;
    }
  }
}
