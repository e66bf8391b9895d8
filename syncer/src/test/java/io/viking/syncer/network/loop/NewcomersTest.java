package io.viking.syncer.network.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.Listener;
import io.viking.syncer.network.lb.Owner;
import io.viking.syncer.network.service.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one object asks for and the cloud refuses, beside others on the same load balancer. */
class NewcomersTest {
  private static final int FOREIGN = 81;
  private static final String SHARED =
      "\"service.beta.kubernetes.io/alibaba-cloud-loadbalancer-id\": \"lb-brought1\"";
  private static final Owner WEB = ModelApi.service("web");
  private static final Owner LATE = ModelApi.service("late");
  private static final Owner FINE = ModelApi.service("fine");

  private final ModelRun run =
      new ModelRun(
          7, NetworkConfig.DEFAULT, new NetworkLimits(true, true, 40, Duration.ZERO, 100, 1 << 20));

  @BeforeEach
  void aServiceThatIsServed() {
    run.crash();
    run.cloud.foreignPorts.add(FOREIGN);
    apply(WEB, 80);
    run.run(Duration.ofMinutes(1));
    run.told.clear();
  }

  @Test
  void ofTwoNewOnesTheRefusedOneIsToldAlone_andTheOtherIsServed() {
    apply(LATE, FOREIGN);
    apply(FINE, 82);
    run.run(Duration.ofSeconds(10));

    assertThat(ports()).containsExactly(80, 82);
    assertThat(isReady(WEB)).isTrue();
    assertThat(isReady(FINE)).isTrue();
    assertThat(isReady(LATE)).isFalse();
    assertThat(run.told).extracting(NetworkEffect.TellUser::object).containsExactly(LATE);

    run.cloud.foreignPorts.clear();
    run.run(Duration.ofMinutes(6));

    assertThat(ports()).containsExactly(80, FOREIGN, 82);
    assertThat(isReady(LATE)).isTrue();
  }

  @Test
  void whoLeaves_doesNotWaitForOneThatIsRefused() {
    apply(FINE, 82);
    run.run(Duration.ofSeconds(10));
    apply(LATE, FOREIGN);
    run.run(Duration.ofMinutes(20));

    run.api.delete(FINE);
    run.run(Duration.ofSeconds(2));

    assertThat(run.api.service(FINE)).isEmpty();
    assertThat(ports()).containsExactly(80);
  }

  @Test
  void whoAsksForMore_keepsWhatItHad_andHoldsNobodyUp() {
    apply(WEB, 80, FOREIGN);
    run.run(Duration.ofMinutes(20));
    assertThat(isReady(WEB)).isFalse();
    apply(FINE, 82);
    run.run(Duration.ofSeconds(10));

    assertThat(ports()).containsExactly(80, 82);
    assertThat(isReady(FINE)).isTrue();

    apply(WEB, 80, 83);
    run.run(Duration.ofSeconds(10));

    assertThat(ports()).containsExactly(80, 82, 83);
    assertThat(isReady(WEB)).isTrue();
  }

  @Test
  void afterARestart_whatIsServedStays() {
    apply(LATE, FOREIGN);
    run.run(Duration.ofMinutes(1));
    run.crash();
    apply(FINE, 82);
    run.run(Duration.ofSeconds(10));

    assertThat(ports()).containsExactly(80, 82);
    assertThat(isReady(LATE)).isFalse();
  }

  @Test
  void manyThatAreRefused_areTriedSeldom_andANewOneIsTriedBeforeThem() {
    for (int i = 0; i < 30; i++) {
      apply(ModelApi.service("late" + i), FOREIGN);
    }
    run.run(Duration.ofMinutes(20));
    run.cloud.calls.clear();
    run.run(Duration.ofMinutes(5));
    assertThat(run.cloud.calls.get("Ensure")).as("calls of five minutes").isLessThan(75);

    apply(FINE, 82);
    run.run(Duration.ofSeconds(15));

    assertThat(ports()).containsExactly(80, 82);
    assertThat(isReady(FINE)).isTrue();
  }

  @Test
  void whileBackendsAreBeyondTheQuota_newOnesAreTriedAllTheSame() {
    run.cloud.mostBackends = 1;
    run.endpoints("web", 8080, List.of(pod("10.1.0.1"), pod("10.1.0.2")));
    run.run(Duration.ofMinutes(1));
    assertThat(isReady(WEB)).isFalse();
    apply(LATE, FOREIGN);
    apply(FINE, 82);
    run.run(Duration.ofSeconds(30));

    assertThat(ports()).containsExactly(80, 82);
  }

  @Test
  void whoseBackendsAreAllRefused_holdsNobodyUp() {
    run.cloud.mostBackends = 0;
    run.endpoints("fine", 8080, List.of(pod("10.1.0.7")));
    apply(FINE, 82);
    run.run(Duration.ofSeconds(30));

    assertThat(ports()).containsExactly(80, 82);
    assertThat(run.cloud.calls.get("UpdateBackends")).as("calls of half a minute").isLessThan(10);
    assertThat(isReady(FINE)).isFalse();
  }

  @Test
  void theLastThatIsServedMayGo_andTheRefusedOneIsTriedOn() {
    apply(LATE, FOREIGN);
    run.run(Duration.ofMinutes(1));
    run.api.delete(WEB);
    run.run(Duration.ofSeconds(5));
    assertThat(run.api.service(WEB)).isEmpty();
    assertThat(run.cloud.balancers).isEmpty();

    run.cloud.foreignPorts.clear();
    run.run(Duration.ofMinutes(6));

    assertThat(ports()).containsExactly(FOREIGN);
  }

  /** A Service with these ports, of which the first is the pods' port http. */
  private void apply(Owner service, Integer... ports) {
    List<String> all = new ArrayList<>();
    for (int port : ports) {
      String name = all.isEmpty() ? "http" : "p" + port;
      all.add("{\"name\": \"%s\", \"port\": %d}".formatted(name, port));
    }
    run.api.apply(
        service,
        SHARED,
        "\"type\": \"LoadBalancer\", \"ports\": [%s]".formatted(String.join(", ", all)));
  }

  private static Endpoint pod(String address) {
    return new Endpoint(address, true, false, "", "pod-" + address);
  }

  private List<Integer> ports() {
    return run.cloud.balancers.values().iterator().next().spec.getListenersList().stream()
        .map(Listener::getPort)
        .sorted()
        .toList();
  }

  private boolean isReady(Owner service) {
    return run.api.service(service).orElseThrow().conditions().stream()
        .anyMatch(one -> one.type().equals(BalancerStatus.CONDITION) && one.isTrue());
  }
}
