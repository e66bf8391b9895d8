package io.viking.cli.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.cli.install.ApplyingApi;
import io.viking.cli.install.Installer;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.testing.FakeCache;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoorWarningsTest {
  private static final DoorPolicy REFUSES = new DoorPolicy();
  private static final DoorPolicy WARNS =
      DoorPolicy.of(Map.of(DoorRule.HOST_PATH, Action.WARN, DoorRule.PRIVILEGED, Action.REFUSE));

  private final ApplyingApi api = new ApplyingApi();
  private final FakeCache<DoorPolicy> cache = FakeCache.synced();
  private final DoorWarnings warnings =
      new DoorWarnings(
          cache,
          new Installer(api, Duration.ZERO),
          Gates.of(Pools.able(), Scope.EVERY_POD),
          new SimpleMeterRegistry());

  @AfterEach
  void close() {
    warnings.close();
  }

  @Test
  void noRuleWarns_nothingIsWritten_andWhatAnOlderVersionWroteIsRemoved() throws Exception {
    for (var object : DoorManifest.of(Gates.of(Pools.able(), Scope.EVERY_POD), Action.WARN)) {
      new Installer(api, Duration.ZERO).apply(object);
    }
    int before = api.applied().size();
    warnings.start();
    cache.put(REFUSES);

    await().until(() -> api.deleted().size() == before);
    assertThat(api.applied()).hasSize(before);
  }

  @Test
  void aRuleBeginsToWarn_andEnds_policiesComeAndGo() {
    warnings.start();
    cache.put(REFUSES);
    cache.put(WARNS);
    await().until(() -> api.applied().size() == 2 * Gates.NAMES.size());
    assertThat(api.applied())
        .allSatisfy(name -> assertThat(name).endsWith(".door.viking.io-warnings"));

    cache.put(REFUSES);
    await().until(() -> api.deleted().size() == 2 * Gates.NAMES.size());
    assertThat(api.deleted().getFirst())
        .as("what puts it into force goes first")
        .startsWith("validatingadmissionpolicybindings/");
  }

  @Test
  void serverRefusesOnce_isTriedAgain() {
    api.failNext(new KubeApiException(403, "", "not yet", Optional.empty()));
    warnings.start();
    cache.put(WARNS);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> api.applied().size() == 2 * Gates.NAMES.size());
  }
}
