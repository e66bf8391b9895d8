package io.viking.adapter.kit.tiny;

import com.google.protobuf.ByteString;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ServerServiceDefinition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.kit.contract.AdapterUnderTest;
import io.viking.adapter.kit.contract.TestPod;
import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.adapter.kit.transport.AdapterServer;
import io.viking.cloud.v1.ZoneCandidate;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** The adapter, served in process, with all that the contract's tests may ask of a harness. */
final class TinyAdapter implements AdapterUnderTest {
  /** Makes the pool, so that a test can take a broken one. */
  @FunctionalInterface
  interface PoolMaker {
    TinyPool make(ScheduledExecutorService timers, Executor executor, long revision);
  }

  private final AdapterAddress address = new AdapterAddress.InProcess("tiny-" + UUID.randomUUID());
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final TinyPool pool;
  private final TinyCatalog catalog;
  private final BindableService instances;
  private AdapterServer server;
  private Duration patience = Duration.ofSeconds(20);
  private final AdapterChannel channel;

  TinyAdapter() throws IOException {
    this(TinyPool::new, UnaryOperator.identity());
  }

  TinyAdapter(PoolMaker pools, UnaryOperator<ServerServiceDefinition> wrapper) throws IOException {
    // Nothing is kept over a stop of the process, so the revisions begin where none has been.
    long revision = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
    pool = pools.make(timers, executor, revision);
    catalog = new TinyCatalog(pool, revision, executor);
    instances = () -> wrapper.apply(new TinyInstances(pool, catalog, executor).bindService());
    server = serve();
    channel = AdapterChannel.open(address);
  }

  private AdapterServer serve() throws IOException {
    return AdapterServer.builder(new SimpleMeterRegistry())
        .service(new TinyInfo())
        .service(catalog)
        .service(instances)
        .listen(address)
        .start();
  }

  @Override
  public Channel channel() {
    return channel.channel();
  }

  /** The same, with tests that give up sooner. */
  TinyAdapter waitingAtMost(Duration time) {
    patience = time;
    return this;
  }

  @Override
  public Duration patience() {
    return patience;
  }

  @Override
  public List<ZoneCandidate> zones() {
    return List.of(
        ZoneCandidate.newBuilder().setZone("tiny-a").build(),
        ZoneCandidate.newBuilder().setZone("tiny-b").addVswitches("vsw-tiny-b").build());
  }

  @Override
  public Optional<TestPod> endingByItself(TestPod pod, int exitCode) {
    return Optional.of(pod.withAnnotation(TinyOrder.EXIT_CODE, Integer.toString(exitCode)));
  }

  @Override
  public Optional<TestPod> writingLines(TestPod pod) {
    return endingByItself(pod, 0);
  }

  @Override
  public Optional<Stock> stock() {
    return Optional.of(catalog::sellOut);
  }

  @Override
  public Optional<Restart> restart() {
    return Optional.of(
        () -> {
          server.close();
          server = serve();
        });
  }

  @Override
  public Optional<Runnable> forgettingChanges() {
    return Optional.of(pool.changes()::forget);
  }

  @Override
  public Optional<InstanceFiles> files() {
    return Optional.of(
        (cluster, uid, volume, path) ->
            pool.file(cluster, uid, volume, path).map(ByteString::toByteArray));
  }

  @Override
  public void close() {
    channel.close();
    server.close();
    timers.shutdownNow();
    executor.close();
  }
}
