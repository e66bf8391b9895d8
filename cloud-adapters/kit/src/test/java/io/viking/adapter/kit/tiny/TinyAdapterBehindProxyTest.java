package io.viking.adapter.kit.tiny;

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
import io.viking.cloud.v1.ZoneCandidate;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A proxy without faults cannot be told from the adapter behind it. */
class TinyAdapterBehindProxyTest extends AdapterContract {
  @Override
  protected AdapterUnderTest startAdapter() throws Exception {
    return new Proxied(new TinyAdapter());
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
