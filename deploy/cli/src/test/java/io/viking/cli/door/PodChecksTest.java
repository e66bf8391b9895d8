package io.viking.cli.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.GetInfoResponse;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is derived from the pool; what the expressions mean is shown on a real API server. */
class PodChecksTest {
  @Test
  void of_whateverThePool_refusesWhatNeedsAHost() {
    for (GetInfoResponse pool : List.of(Pools.bare(), Pools.able())) {
      assertThat(rules(pool))
          .contains(
              DoorRule.HOST_NAMESPACES,
              DoorRule.HOST_PORT,
              DoorRule.HOST_PATH,
              DoorRule.NODE_PROFILES,
              DoorRule.OPERATING_SYSTEM,
              DoorRule.RUNTIME_CLASS,
              DoorRule.RESOURCE_CLAIMS,
              DoorRule.BLOCK_DEVICES,
              DoorRule.CONTAINER_RESTART,
              DoorRule.FILE_ENV,
              DoorRule.VOLUMES);
    }
  }

  @Test
  void of_barePool_refusesWhatItCannot() {
    assertThat(rules(Pools.bare()))
        .contains(DoorRule.PRIVILEGED, DoorRule.PROBES, DoorRule.LIFECYCLE_HOOKS)
        .as("bounds that are not known bound nothing")
        .doesNotContain(DoorRule.CONTAINER_COUNT, DoorRule.ARCHITECTURE);
  }

  @Test
  void of_ablePool_refusesNothingThatItCan() {
    assertThat(rules(Pools.able()))
        .doesNotContain(DoorRule.PRIVILEGED, DoorRule.PROBES, DoorRule.LIFECYCLE_HOOKS)
        .contains(DoorRule.CONTAINER_COUNT, DoorRule.ARCHITECTURE);
    assertThat(says(Pools.able(), DoorRule.CONTAINER_COUNT)).contains("at most 20 containers");
    assertThat(says(Pools.able(), DoorRule.ARCHITECTURE)).endsWith("it has amd64, arm64");
  }

  @Test
  void volumes_areThoseOfThePool_andClaimsWhereItMountsAny() {
    assertThat(says(Pools.bare(), DoorRule.VOLUMES))
        .endsWith("it has configMap, downwardAPI, emptyDir, projected, secret");
    assertThat(says(Pools.able(), DoorRule.VOLUMES))
        .endsWith(
            "it has configMap, downwardAPI, emptyDir, ephemeral, nfs, persistentVolumeClaim,"
                + " projected, secret");
  }

  @Test
  void volumes_hostPathOfAPoolThatHasIt_isNotRefused() {
    GetInfoResponse.Builder pool = Pools.bare().toBuilder();
    pool.getCapabilitiesBuilder().addVolumeSources("hostPath");
    assertThat(rules(pool.build())).doesNotContain(DoorRule.HOST_PATH);
  }

  @Test
  void ids_areOfOneCheckEach_andNamesOfTheLanguage() {
    for (GetInfoResponse pool : List.of(Pools.bare(), Pools.able())) {
      assertThat(PodChecks.of(pool))
          .extracting(Check::id)
          .doesNotHaveDuplicates()
          .allMatch(id -> id.matches("[a-z][A-Za-z0-9]*"));
    }
  }

  @Test
  void sentences_sayWhyAndTheWayOut() {
    assertThat(PodChecks.of(Pools.bare()))
        .allSatisfy(check -> assertThat(check.says()).contains("; "));
  }

  private static Set<DoorRule> rules(GetInfoResponse pool) {
    return PodChecks.of(pool).stream().map(Check::rule).collect(Collectors.toSet());
  }

  private static String says(GetInfoResponse pool, DoorRule rule) {
    return PodChecks.of(pool).stream()
        .filter(check -> check.rule() == rule)
        .findFirst()
        .orElseThrow()
        .says();
  }
}
