package io.viking.cli.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cli.install.InstalledObject;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class GatesTest {
  @Test
  void names_areKnown_soThatThoseOfAnotherScopeCanBeRemoved() {
    assertThat(names(Scope.EVERY_POD)).containsExactlyInAnyOrderElementsOf(Gates.NAMES);
  }

  @Test
  void chosenPods_leaveDaemonSetsAndNodePortsAlone() {
    assertThat(names(Scope.CHOSEN_PODS))
        .doesNotContain("daemon-sets.door.viking.io", "services.door.viking.io")
        .hasSize(Gates.NAMES.size() - 2);
  }

  @Test
  void everyRule_findsSomethingInSomePool() {
    Set<DoorRule> found =
        List.of(Pools.bare(), Pools.able()).stream()
            .flatMap(pool -> Gates.of(pool, Scope.EVERY_POD).stream())
            .flatMap(gate -> gate.findings().stream())
            .map(Finding::rule)
            .collect(Collectors.toSet());

    assertThat(found).containsExactlyInAnyOrderElementsOf(Arrays.asList(DoorRule.values()));
  }

  @Test
  void ephemeralContainers_whereThePoolAddsThem_areLookedAtLikeOthers() {
    assertThat(rulesOf("ephemeral-containers.door.viking.io", true))
        .contains(DoorRule.NODE_PROFILES, DoorRule.FILE_ENV)
        .doesNotContain(DoorRule.EPHEMERAL_CONTAINERS);
    assertThat(rulesOf("ephemeral-containers.door.viking.io", false))
        .containsExactly(DoorRule.EPHEMERAL_CONTAINERS);
  }

  @Test
  void manifest_hasForEachGateOneThatRefusesAndOneThatWarns_andBindsThemAfterwards() {
    Set<String> policies = new HashSet<>();
    Set<String> bound = new HashSet<>();
    for (InstalledObject object : objects()) {
      Map<String, Map<?, ?>> content = new Yaml().load(object.content());
      Map<?, ?> spec = content.get("spec");
      if (object.type().equals(DoorManifest.POLICIES)) {
        policies.add(object.name());
        assertThat(spec.get("failurePolicy")).as("it stops no cluster").isEqualTo("Ignore");
        assertThat((List<?>) spec.get("matchConditions")).hasSize(1);
      } else {
        assertThat(policies).contains(String.valueOf(spec.get("policyName")));
        assertThat(spec.get("validationActions"))
            .isEqualTo(List.of(object.name().endsWith("-warnings") ? "Warn" : "Deny"));
        assertThat(spec.get("paramRef"))
            .isEqualTo(Map.of("name", "default", "parameterNotFoundAction", "Allow"));
        bound.add(object.name());
      }
    }
    assertThat(bound).isEqualTo(policies).hasSize(2 * Gates.NAMES.size());
  }

  private static List<InstalledObject> objects() {
    List<Gate> gates = Gates.of(Pools.able(), Scope.EVERY_POD);
    return Arrays.stream(Action.values())
        .flatMap(action -> DoorManifest.of(gates, action).stream())
        .toList();
  }

  private static List<String> names(Scope scope) {
    return Gates.of(Pools.able(), scope).stream().map(Gate::name).toList();
  }

  private static Set<DoorRule> rulesOf(String gate, boolean able) {
    return Gates.of(able ? Pools.able() : Pools.bare(), Scope.EVERY_POD).stream()
        .filter(one -> one.name().equals(gate))
        .flatMap(one -> one.findings().stream())
        .map(Finding::rule)
        .collect(Collectors.toSet());
  }
}
