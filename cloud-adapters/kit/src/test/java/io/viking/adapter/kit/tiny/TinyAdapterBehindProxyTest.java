package io.viking.adapter.kit.tiny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.Channel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.kit.contract.AdapterContract;
import io.viking.adapter.kit.contract.AdapterUnderTest;
import io.viking.adapter.kit.contract.TestPod;
import io.viking.adapter.kit.faults.FaultScript;
import io.viking.adapter.kit.faults.FaultyProxy;
import io.viking.adapter.kit.transport.AdapterAddress;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.adapter.kit.transport.AdapterServer;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.WatchInstancesRequest;
import io.viking.cloud.v1.ZoneCandidate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy without faults cannot be told from the adapter behind it. */
class TinyAdapterBehindProxyTest extends AdapterContract {
  @TempDir Path directory;

  @Override
  protected AdapterUnderTest startAdapter() throws Exception {
    return new Proxied(new TinyAdapter());
  }

  @Test
  void adapterThatIsNotThere_isUnavailable_forCallsAndStreams() throws Exception {
    Path nobody = directory.resolve("nobody.sock");
    var address = new AdapterAddress.InProcess("proxy-" + UUID.randomUUID());
    try (AdapterChannel upstream =
            AdapterChannel.open(new AdapterAddress.UnixSocket(nobody.toAbsolutePath()));
        FaultyProxy proxy =
            new FaultyProxy(upstream.channel(), FaultScript.none(), InstantSource.system());
        AdapterServer server =
            AdapterServer.builder(new SimpleMeterRegistry())
                .services(proxy.services())
                .listen(address)
                .start();
        AdapterChannel channel = AdapterChannel.open(server.addresses().getFirst())) {
      var stub = InstanceServiceGrpc.newBlockingV2Stub(channel.channel());

      assertThat(
              CloudFailures.from(
                      catchThrowable(
                          () -> stub.listInstances(ListInstancesRequest.getDefaultInstance())))
                  .reason())
          .isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
      assertThat(
              CloudFailures.from(
                      catchThrowable(
                          () ->
                              stub.watchInstances(WatchInstancesRequest.getDefaultInstance())
                                  .read()))
                  .reason())
          .isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
    }
  }

  private static final class Proxied implements AdapterUnderTest {
    private final TinyAdapter adapter;
    private final FaultyProxy proxy;
    private final AdapterServer server;
    private final AdapterChannel channel;

    Proxied(TinyAdapter adapter) throws IOException {
      var address = new AdapterAddress.InProcess("proxy-" + UUID.randomUUID());
      this.adapter = adapter;
      this.proxy = new FaultyProxy(adapter.channel(), FaultScript.none(), InstantSource.system());
      this.server =
          AdapterServer.builder(new SimpleMeterRegistry())
              .services(proxy.services())
              .listen(address)
              .start();
      this.channel = AdapterChannel.open(address);
    }

    @Override
    public Channel channel() {
      return channel.channel();
    }

    @Override
    public List<ZoneCandidate> zones() {
      return adapter.zones();
    }

    @Override
    public Optional<TestPod> endingByItself(TestPod pod, int exitCode) {
      return adapter.endingByItself(pod, exitCode);
    }

    @Override
    public Optional<TestPod> writingLines(TestPod pod) {
      return adapter.writingLines(pod);
    }

    @Override
    public Optional<Stock> stock() {
      return adapter.stock();
    }

    @Override
    public Optional<Restart> restart() {
      return adapter.restart();
    }

    @Override
    public Optional<Runnable> forgettingChanges() {
      return adapter.forgettingChanges();
    }

    @Override
    public Optional<InstanceFiles> files() {
      return adapter.files();
    }

    @Override
    public void close() {
      channel.close();
      proxy.close();
      server.close();
      adapter.close();
    }
  }
}
