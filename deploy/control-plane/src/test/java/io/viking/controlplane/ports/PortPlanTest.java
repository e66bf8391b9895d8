package io.viking.controlplane.ports;

import static io.viking.controlplane.ports.PortName.API;
import static io.viking.controlplane.ports.PortName.CONTROLLER_MANAGER;
import static io.viking.controlplane.ports.PortName.ETCD_CLIENT;
import static io.viking.controlplane.ports.PortName.ETCD_PEER;
import static io.viking.controlplane.ports.PortName.KUBELET;
import static io.viking.controlplane.ports.PortName.METRICS_SERVER;
import static io.viking.controlplane.ports.PortName.SCHEDULER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PortPlanTest {
  private static final Map<PortName, Integer> KEPT =
      Map.of(
          API,
          1,
          KUBELET,
          2,
          ETCD_CLIENT,
          3,
          ETCD_PEER,
          4,
          CONTROLLER_MANAGER,
          5,
          SCHEDULER,
          6,
          METRICS_SERVER,
          7);

  @Test
  void firstStart_takesFreeCandidates_eachOnce() {
    AtomicInteger next = new AtomicInteger(9);
    PortPlan plan =
        PortPlan.choose(
            Map.of(), Map.of(), port -> port != 12, () -> next.incrementAndGet() / 2 * 2);
    assertThat(plan)
        .isEqualTo(
            new PortPlan.Chosen(
                Map.of(
                    API,
                    10,
                    KUBELET,
                    14,
                    ETCD_CLIENT,
                    16,
                    ETCD_PEER,
                    18,
                    CONTROLLER_MANAGER,
                    20,
                    SCHEDULER,
                    22,
                    METRICS_SERVER,
                    24)));
  }

  @Test
  void laterStart_keepsThem() {
    assertThat(choose(Map.of(), Set.of())).isEqualTo(new PortPlan.Chosen(KEPT));
  }

  @Test
  void busyApiPort_isNotReplaced() {
    assertThat(choose(Map.of(), Set.of(1))).isEqualTo(new PortPlan.Busy(API, 1));
  }

  @Test
  void busyInnerPorts_areReplaced() {
    assertThat(choose(Map.of(), Set.of(2, 4)))
        .isEqualTo(
            new PortPlan.Chosen(
                Map.of(
                    API,
                    1,
                    KUBELET,
                    100,
                    ETCD_CLIENT,
                    3,
                    ETCD_PEER,
                    101,
                    CONTROLLER_MANAGER,
                    5,
                    SCHEDULER,
                    6,
                    METRICS_SERVER,
                    7)));
  }

  @Test
  void namedPort_winsOverTheKeptOne() {
    PortPlan plan = choose(Map.of(API, OptionalInt.of(6443)), Set.of(1));
    assertThat(((PortPlan.Chosen) plan).port(API)).isEqualTo(6443);
  }

  @Test
  void namedPort_thatAnotherKept_movesTheOther() {
    PortPlan plan = choose(Map.of(API, OptionalInt.of(3)), Set.of());
    assertThat(((PortPlan.Chosen) plan).port(ETCD_CLIENT)).isEqualTo(100);
  }

  @Test
  void busyNamedPort_isRefused() {
    assertThat(choose(Map.of(KUBELET, OptionalInt.of(10250)), Set.of(10250)))
        .isEqualTo(new PortPlan.Busy(KUBELET, 10250));
  }

  @Test
  void nothingFree_isSaid() {
    assertThat(PortPlan.choose(Map.of(), Map.of(), port -> false, () -> 7))
        .isEqualTo(new PortPlan.Exhausted());
  }

  private static PortPlan choose(Map<PortName, OptionalInt> named, Set<Integer> busy) {
    AtomicInteger next = new AtomicInteger(100);
    return PortPlan.choose(KEPT, named, port -> !busy.contains(port), next::getAndIncrement);
  }
}
