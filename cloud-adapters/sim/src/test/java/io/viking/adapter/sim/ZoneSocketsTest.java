package io.viking.adapter.sim;

import static io.viking.adapter.sim.TestNetwork.CLUSTER;
import static io.viking.adapter.sim.TestNetwork.layer7;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.viking.adapter.sim.v1.NetworkOperatorServiceGrpc;
import io.viking.adapter.sim.v1.ShowZonesRequest;
import io.viking.cloud.v1.ApplyRecordsRequest;
import io.viking.cloud.v1.DnsServiceGrpc;
import io.viking.cloud.v1.EnsureDnsZoneRequest;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.Protocol;
import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.RecordChange;
import io.viking.cloud.v1.RecordType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Zones as a person's dig meets them: over real sockets. */
class ZoneSocketsTest {
  @TempDir Path state;

  private TestNetwork network;

  @BeforeEach
  void start() throws IOException {
    network = new TestNetwork(state);
  }

  @AfterEach
  void stop() throws IOException {
    network.close();
  }

  @Test
  void zones_answerOverUdp_andOverTcpWhatIsLong() throws IOException {
    DnsServiceGrpc.DnsServiceBlockingStub dns = DnsServiceGrpc.newBlockingStub(network.channel());
    var ignored =
        dns.ensureDnsZone(
            EnsureDnsZoneRequest.newBuilder()
                .setClusterId(CLUSTER)
                .setZone("cluster.local")
                .build());
    var failures =
        dns.applyRecords(
            ApplyRecordsRequest.newBuilder()
                .setClusterId(CLUSTER)
                .setZone("cluster.local")
                .addAllChanges(
                    IntStream.rangeClosed(1, 100).mapToObj(ZoneSocketsTest::address).toList())
                .build());
    assertThat(failures.getFailuresList()).allMatch(failure -> failure.getReasonValue() == 0);

    assertThat(ask("web.default.svc.cluster.local.", Type.A).getSection(Section.ANSWER))
        .as("cut off over UDP, whole over TCP, as a resolver does it")
        .hasSize(100);
  }

  @Test
  void hostnameOfLayer7_leadsToItsSockets() throws IOException {
    LoadBalancer made =
        network.ensure(
            layer7(Listener.newBuilder().setPort(18_088).setProtocol(Protocol.PROTOCOL_HTTP)));
    String address = network.socket(18_088);

    assertThat(ask(made.getHostname() + ".", Type.A).getSection(Section.ANSWER))
        .singleElement()
        .satisfies(record -> assertThat(address).startsWith(record.rdataToString() + ":"));
  }

  private Message ask(String name, int type) throws IOException {
    String address =
        await()
            .until(
                () ->
                    NetworkOperatorServiceGrpc.newBlockingStub(network.channel())
                        .showZones(ShowZonesRequest.getDefaultInstance())
                        .getDnsAddress(),
                found -> !found.isEmpty());
    int colon = address.indexOf(':');
    SimpleResolver resolver = new SimpleResolver(address.substring(0, colon));
    resolver.setPort(Integer.parseInt(address.substring(colon + 1)));
    return resolver.send(
        Message.newQuery(org.xbill.DNS.Record.newRecord(Name.fromString(name), type, DClass.IN)));
  }

  private static RecordChange address(int host) {
    return RecordChange.newBuilder()
        .setRecord(
            Record.newBuilder()
                .setName("web.default.svc")
                .setType(RecordType.RECORD_TYPE_A)
                .setValue("10.1.0." + host))
        .build();
  }
}
