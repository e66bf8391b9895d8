package io.viking.adapter.sim;

import io.grpc.Channel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.kit.contract.AdapterUnderTest;
import io.viking.adapter.kit.contract.TestPod;
import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.adapter.kit.transport.AdapterServer;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.cloud.v1.ZoneCandidate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A simulated cloud behind a server in this process, with its state on the disk. */
final class ServedSim implements AdapterUnderTest {
  private final SimProfile profile;
  private final Path state;
  private final InstantSource clock;
  private SimAdapter adapter;
  private AdapterServer server;
  private AdapterChannel channel;

  ServedSim(SimProfile profile, Path state) throws IOException {
    this(profile, state, InstantSource.system());
  }

  ServedSim(SimProfile profile, Path state, InstantSource clock) throws IOException {
    this.profile = profile;
    this.state = state;
    this.clock = clock;
    open();
  }

  private void open() throws IOException {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    adapter = SimAdapter.open(SimOptions.of(profile, 1, state, meters).withClock(clock));
    AdapterAddress address = new AdapterAddress.InProcess(UUID.randomUUID().toString());
    server =
        AdapterServer.builder(meters)
            .services(adapter.services())
            .listen(address)
            .stopWithin(Duration.ofSeconds(1))
            .start();
    channel = AdapterChannel.open(address);
  }

  SimAdapter adapter() {
    return adapter;
  }

  @Override
  public Channel channel() {
    return channel.channel();
  }

  @Override
  public List<ZoneCandidate> zones() {
    return profile.zones().stream()
        .map(zone -> ZoneCandidate.newBuilder().setZone(zone.id()).build())
        .toList();
  }

  @Override
  public Optional<TestPod> endingByItself(TestPod pod, int exitCode) {
    return Optional.of(
        pod.withAnnotation("sim.viking.io/run-seconds", "0.1")
            .withAnnotation("sim.viking.io/exit-code", Integer.toString(exitCode)));
  }

  @Override
  public Optional<TestPod> writingLines(TestPod pod) {
    return Optional.of(
        pod.withCommand("echo", "hello").withAnnotation("sim.viking.io/run-seconds", "0.1"));
  }

  @Override
  public Optional<Listening> echoing(TestPod pod) {
    return Optional.of(new Listening(pod.withPort(8080), 8080));
  }

  /** Each volume of the tests is mounted at {@code /mnt/NAME}. */
  @Override
  public Optional<InstanceFiles> files() {
    return Optional.of(
        (cluster, uid, volume, path) ->
            adapter.file(
                cluster,
                uid,
                io.viking.adapter.kit.contract.TestPod.CONTAINER,
                "/mnt/" + volume + "/" + path));
  }

  @Override
  public Optional<Stock> stock() {
    return Optional.of(zone -> adapter.operator().setStock(zone, "", 0));
  }

  @Override
  public Optional<NetworkByHand> networkByHand() {
    return Optional.of(new Console(this::channel));
  }

  @Override
  public Optional<Restart> restart() {
    return Optional.of(
        () -> {
          close();
          open();
        });
  }

  @Override
  public void close() throws IOException {
    channel.close();
    server.close();
    adapter.close();
  }
}
