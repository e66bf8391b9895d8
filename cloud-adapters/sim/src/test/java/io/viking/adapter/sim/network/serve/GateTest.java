package io.viking.adapter.sim.network.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import com.google.protobuf.Duration;
import io.viking.adapter.sim.network.dns.Answer;
import io.viking.adapter.sim.network.lb.Traffic.Door;
import io.viking.adapter.sim.network.lb.Traffic.Doors;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.HealthCheck;
import io.viking.cloud.v1.Layer;
import io.viking.cloud.v1.Listener;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Name;

class GateTest {
  private static final InetAddress CLIENT = InetAddresses.forString("127.0.0.1");

  private final List<Backend> backends = new ArrayList<>();
  private final Set<String> silent = new HashSet<>();
  private final Gate gate = new Gate(new FakeScene());

  @Test
  void weights_areHonoured_andZeroTakesNothing() {
    backends.add(backend("10.0.0.1", 75));
    backends.add(backend("10.0.0.2", 25));
    backends.add(backend("10.0.0.3", 0));

    Map<String, Integer> taken = taken(Listener.getDefaultInstance(), 100);

    assertThat(taken).containsOnlyKeys("10.0.0.1", "10.0.0.2");
    assertThat(taken.get("10.0.0.1")).isBetween(73, 77);
  }

  @Test
  void groupThatDrains_orIsEmpty_takesNobody() {
    assertThat(choose(Listener.getDefaultInstance(), CLIENT)).isEmpty();
    backends.add(backend("10.0.0.1", 0));
    assertThat(choose(Listener.getDefaultInstance(), CLIENT)).isEmpty();
  }

  @Test
  void backendThatDoesNotListen_isPassedOver_onlyWithHealthChecks() {
    backends.add(backend("10.0.0.1", 50));
    backends.add(backend("10.0.0.2", 50));
    silent.add("10.0.0.1");

    assertThat(taken(Listener.getDefaultInstance(), 20))
        .as("nobody looks")
        .containsOnlyKeys("10.0.0.1", "10.0.0.2");
    Listener checked =
        Listener.newBuilder().setHealthCheck(HealthCheck.newBuilder().setEnabled(true)).build();
    assertThat(taken(checked, 20)).containsOnlyKeys("10.0.0.2");
    silent.add("10.0.0.2");
    assertThat(choose(checked, CLIENT)).isEmpty();
  }

  @Test
  void persistence_bindsAClientToABackend_untilThatOneLeaves() {
    for (int i = 1; i <= 5; i++) {
      backends.add(backend("10.0.0." + i, 100));
    }
    Listener sticky =
        Listener.newBuilder().setPersistence(Duration.newBuilder().setSeconds(60)).build();
    Map<InetAddress, Backend> first = new HashMap<>();
    for (int i = 1; i <= 50; i++) {
      InetAddress client = InetAddresses.forString("127.0.1." + i);
      first.put(client, choose(sticky, client).orElseThrow());
      assertThat(choose(sticky, client)).hasValue(first.get(client));
    }
    assertThat(Set.copyOf(first.values())).as("they spread").hasSize(5);

    Backend leaves = backends.removeFirst();

    first.forEach(
        (client, backend) -> {
          if (!backend.equals(leaves)) {
            assertThat(choose(sticky, client)).hasValue(backend);
          }
        });
  }

  @ParameterizedTest(name = "allow {0}, deny {1}: {2} {3}")
  @CsvSource({
    "'',          '',           127.0.0.1, true",
    "10.0.0.0/8,  '',           10.2.3.4,  true",
    "10.0.0.0/8,  '',           11.2.3.4,  false",
    "10.0.0.0/8,  '',           fd00::1,   false",
    "fd00::/8,    '',           fd00::1,   true",
    "'',          127.0.0.1/32, 127.0.0.1, false",
    "'',          127.0.0.1/32, 127.0.0.2, true",
    "0.0.0.0/0,   '',           8.8.8.8,   true"
  })
  void lists_sayWhoMayComeIn(String allow, String deny, String client, boolean admitted) {
    Listener.Builder listener = Listener.newBuilder();
    if (!allow.isEmpty()) {
      listener.addAllowCidrs(allow);
    }
    if (!deny.isEmpty()) {
      listener.addDenyCidrs(deny);
    }

    assertThat(Gate.admits(listener.build(), InetAddresses.forString(client))).isEqualTo(admitted);
  }

  private Map<String, Integer> taken(Listener listener, int times) {
    Map<String, Integer> taken = new HashMap<>();
    for (int i = 0; i < times; i++) {
      taken.merge(choose(listener, CLIENT).orElseThrow().getAddress(), 1, Integer::sum);
    }
    return taken;
  }

  private Optional<Backend> choose(Listener listener, InetAddress client) {
    return gate.choose(
            new Door("lb-1", "c", "127.100.0.1", Layer.LAYER_4, listener, List.of()), "web", client)
        .map(Gate.Taken::backend);
  }

  private static Backend backend(String address, int weight) {
    return Backend.newBuilder().setAddress(address).setPort(80).setWeight(weight).build();
  }

  private final class FakeScene implements Scene {
    @Override
    public Doors doors() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Backend> backends(Door door, String group) {
      return List.copyOf(backends);
    }

    @Override
    public Optional<SimulatedPod> pod(Door door, Backend backend) {
      return silent.contains(backend.getAddress())
          ? Optional.empty()
          : Optional.of(
              new SimulatedPod("default", "web", "uid", "main", "zone", backend.getAddress()));
    }

    @Override
    public Answer lookup(Name name, int type) {
      throw new UnsupportedOperationException();
    }
  }
}
