package io.viking.adapter.kit.faults;

import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.viking.cloud.v1.CatalogServiceGrpc;
import io.viking.cloud.v1.DnsServiceGrpc;
import io.viking.cloud.v1.InfoServiceGrpc;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.LoadBalancerServiceGrpc;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Stands before an adapter: hands every call of the contract on, message by message, unless a fault
 * is meant for it. Faults come from a {@link FaultScript}, or are armed one at a time by a test,
 * which takes precedence; streams that are open can be cut or stalled at any moment.
 *
 * <p>Its {@link #services} are served like any adapter's, by an {@code AdapterServer}. A call that
 * is let through ends with the adapter's own answer, status and reason; it has the caller's
 * deadline, and is cancelled with it.
 *
 * <p>Safe for all threads.
 */
public final class FaultyProxy implements AutoCloseable {
  private static final List<ServiceDescriptor> CONTRACT =
      List.of(
          InfoServiceGrpc.getServiceDescriptor(),
          CatalogServiceGrpc.getServiceDescriptor(),
          InstanceServiceGrpc.getServiceDescriptor(),
          LoadBalancerServiceGrpc.getServiceDescriptor(),
          DnsServiceGrpc.getServiceDescriptor());

  private final Channel upstream;
  private final FaultScript script;
  private final ArmedFaults<ProxiedCall, Fault> faults;
  private final Map<String, AtomicLong> numbers = new ConcurrentHashMap<>();
  private final Set<StreamRelay> streams = ConcurrentHashMap.newKeySet();
  private final ExecutorService stragglers = Executors.newVirtualThreadPerTaskExecutor();
  private final Answered answered = new Answered();

  /**
   * @param upstream to the adapter; the caller closes it after the proxy
   * @param clock what the list of faults is dated by
   */
  public FaultyProxy(Channel upstream, FaultScript script, InstantSource clock) {
    this.upstream = upstream;
    this.script = script;
    this.faults = new ArmedFaults<>(clock);
  }

  /** All services of the contract. One that the adapter has not is UNIMPLEMENTED, as without us. */
  public List<BindableService> services() {
    return CONTRACT.stream().<BindableService>map(service -> () -> relayed(service)).toList();
  }

  /**
   * The fault happens to each of the next calls of a method, so many times.
   *
   * @param method {@code InstanceService/CreateInstances}
   */
  public void arm(String method, Fault fault, int times) {
    arm(call -> call.method().equals(method), fault, times);
  }

  /** The fault happens to each of the next such calls, so many times. */
  public void arm(Predicate<ProxiedCall> meantFor, Fault fault, int times) {
    boolean streams = fault instanceof Fault.OfStream;
    faults.arm(call -> call.stream() == streams && meantFor.test(call), fault, times);
  }

  /** Forgets what was armed and has not struck yet. */
  public void disarm() {
    faults.disarm();
  }

  /**
   * Does it to all streams of a method that are open now.
   *
   * @return how many there were
   */
  public int strikeStreams(String method, Fault.OfStream fault) {
    List<StreamRelay> open =
        streams.stream().filter(stream -> stream.call().method().equals(method)).toList();
    open.forEach(
        stream -> {
          faults.record(stream.call(), fault);
          stream.strike(fault);
        });
    return open.size();
  }

  /** How many faults are armed and wait for their calls. */
  public int waiting() {
    return faults.waiting();
  }

  /** All faults that have happened, in order. */
  public List<ArmedFaults.Struck<ProxiedCall, Fault>> struck() {
    return faults.struck();
  }

  /** Ends the streams, and forgets requests that are still under way by themselves. */
  @Override
  public void close() {
    streams.forEach(stream -> stream.strike(new Fault.Cut(0)));
    stragglers.shutdownNow();
  }

  private ServerServiceDefinition relayed(ServiceDescriptor service) {
    List<MethodDescriptor<byte[], byte[]>> methods =
        service.getMethods().stream().map(ByteMarshaller::untyped).toList();
    ServiceDescriptor.Builder untyped =
        ServiceDescriptor.newBuilder(service.getName())
            .setSchemaDescriptor(service.getSchemaDescriptor());
    methods.forEach(untyped::addMethod);
    ServerServiceDefinition.Builder definition = ServerServiceDefinition.builder(untyped.build());
    for (MethodDescriptor<byte[], byte[]> method : methods) {
      definition.addMethod(
          method,
          method.getType() == MethodDescriptor.MethodType.UNARY
              ? new CallRelay(upstream, method, this::arrived, stragglers, answered).handler()
              : (call, headers) ->
                  StreamRelay.start(upstream, method, arrived(method), call, this));
    }
    return definition.build();
  }

  private Arrival arrived(MethodDescriptor<?, ?> method) {
    String full = method.getFullMethodName();
    String name = full.substring(full.lastIndexOf('.', full.indexOf('/')) + 1);
    long number = numbers.computeIfAbsent(name, first -> new AtomicLong()).getAndIncrement();
    boolean stream = method.getType() != MethodDescriptor.MethodType.UNARY;
    var call = new ProxiedCall(name, number, stream);
    return new Arrival(call, fault(call));
  }

  private Optional<Fault> fault(ProxiedCall call) {
    Optional<Fault> armed = faults.take(call);
    if (armed.isPresent()) {
      return armed;
    }
    Optional<Fault> scripted =
        script.next(call).filter(fault -> fault instanceof Fault.OfStream == call.stream());
    scripted.ifPresent(fault -> faults.record(call, fault));
    return scripted;
  }

  void opened(StreamRelay stream) {
    streams.add(stream);
  }

  void ended(StreamRelay stream) {
    streams.remove(stream);
  }

  /** A call and what happens to it. */
  record Arrival(ProxiedCall call, Optional<Fault> fault) {}
}
