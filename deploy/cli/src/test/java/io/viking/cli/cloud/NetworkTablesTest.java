package io.viking.cli.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.adapter.sim.v1.ShowLoadBalancersResponse;
import io.viking.adapter.sim.v1.ShowRecordsResponse;
import io.viking.adapter.sim.v1.ShowZonesResponse;
import io.viking.adapter.sim.v1.ShownLoadBalancer;
import io.viking.adapter.sim.v1.ShownRecord;
import io.viking.adapter.sim.v1.ShownZone;
import io.viking.adapter.sim.v1.Socket;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerState;
import io.viking.cloud.v1.Protocol;
import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.RecordType;
import io.viking.cloud.v1.ServerGroup;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkTablesTest {
  private static final LoadBalancer WEB =
      LoadBalancer.newBuilder()
          .setCloudId("lb-1")
          .setRef(LoadBalancerRef.newBuilder().setKey("6f0d"))
          .setState(LoadBalancerState.LOAD_BALANCER_STATE_ACTIVE)
          .addAddresses("127.143.20.9")
          .addListeners(listener(80))
          .addListeners(listener(443))
          .addServerGroups(
              ServerGroup.newBuilder()
                  .setName("web")
                  .addBackends(Backend.newBuilder().setAddress("10.1.0.7").setWeight(100))
                  .addBackends(Backend.newBuilder().setAddress("10.1.0.8")))
          .putTags("viking.io/owner", "Service/default/web")
          .build();

  private static final ShownLoadBalancer SHOWN =
      ShownLoadBalancer.newBuilder()
          .setClusterId("c")
          .setLoadBalancer(WEB.toBuilder().addListeners(listener(22)))
          .addSockets(socket(22).setAddress("127.143.20.9:22"))
          .addSockets(socket(80).setAddress("127.143.20.9:20080"))
          .addSockets(socket(443).setTrouble("256 listeners are open already"))
          .build();

  @Test
  void loadBalancers_haveALineForEachListener_andSayWhereItIs() {
    ShowLoadBalancersResponse whole =
        ShowLoadBalancersResponse.newBuilder().addLoadBalancers(SHOWN).build();

    assertThat(LbCommand.table(LbCommand.ours(whole, List.of(WEB))).lines())
        .containsExactly(
            "LOAD BALANCER   FOR                   STATE    ADDRESS        LISTENER   BACKENDS         REACHED AT",
            "lb-1            Service/default/web   active   127.143.20.9   80/TCP     2 (1 draining)   127.143.20.9:20080",
            "lb-1            Service/default/web   active   127.143.20.9   443/TCP    2 (1 draining)   256 listeners are open already");
  }

  @Test
  void loadBalancersByHand_areShownAsSuch_alsoWithoutListeners() {
    LoadBalancer shared =
        LoadBalancer.newBuilder()
            .setCloudId("lb-2")
            .setName("shared")
            .setState(LoadBalancerState.LOAD_BALANCER_STATE_INACTIVE)
            .addAddresses("127.150.1.2")
            .build();

    assertThat(
            LbCommand.table(
                    ShowLoadBalancersResponse.newBuilder()
                        .addLoadBalancers(ShownLoadBalancer.newBuilder().setLoadBalancer(shared))
                        .build())
                .lines())
        .containsExactly(
            "LOAD BALANCER   FOR               STATE      ADDRESS       LISTENER   BACKENDS   REACHED AT",
            "lb-2            by hand: shared   inactive   127.150.1.2   -          -          -");
    assertThat(LbCommand.table(ShowLoadBalancersResponse.getDefaultInstance()))
        .isEqualTo("The cloud has no load balancers of this cluster.\n");
  }

  @Test
  void zones_sayWhereTheyAnswer() {
    assertThat(
            DnsCommand.table(
                ShowZonesResponse.newBuilder()
                    .setDnsAddress("127.0.0.1:1053")
                    .addZones(
                        ShownZone.newBuilder()
                            .setName("cluster.local")
                            .setRecords(12)
                            .setClusterId("c")
                            .setCloudId("pvtz-1"))
                    .build()))
        .isEqualTo(
            """
            ZONE            RECORDS   MADE BY     ID
            cluster.local   12        cluster c   pvtz-1

            The zones answer at 127.0.0.1:1053, over UDP and TCP.
            """);
    assertThat(DnsCommand.table(ShowZonesResponse.getDefaultInstance()))
        .isEqualTo("The cloud has no private zones.\nThe zones answer nowhere on this machine.\n");
  }

  @Test
  void records_sayWhoMadeThem() {
    assertThat(
            DnsCommand.table(
                ShowRecordsResponse.newBuilder()
                    .addRecords(
                        ShownRecord.newBuilder()
                            .setRecord(
                                Record.newBuilder()
                                    .setName("mail")
                                    .setType(RecordType.RECORD_TYPE_A)
                                    .setTtl(60)
                                    .setValue("192.0.2.1")))
                    .build(),
                "cluster.local"))
        .isEqualTo(
            """
            NAME   TTL   TYPE   VALUE       MADE BY
            mail   60    A      192.0.2.1   hand
            """);
    assertThat(DnsCommand.table(ShowRecordsResponse.getDefaultInstance(), "cluster.local"))
        .isEqualTo("Zone cluster.local has no records.\n");
  }

  private static Listener listener(int port) {
    return Listener.newBuilder()
        .setPort(port)
        .setProtocol(Protocol.PROTOCOL_TCP)
        .setDefaultServerGroup("web")
        .build();
  }

  private static Socket.Builder socket(int port) {
    return Socket.newBuilder().setPort(port).setProtocol(Protocol.PROTOCOL_TCP);
  }
}
