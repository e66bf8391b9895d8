package io.viking.cli.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.cli.install.ApplyingApi;
import io.viking.cli.install.Installer;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.client.KubeApiException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DoorWarningsTest {
  private static final DoorPolicy REFUSES = new DoorPolicy();
  private static final DoorPolicy WARNS =
      DoorPolicy.of(Map.of(DoorRule.HOST_PATH, Action.WARN, DoorRule.PRIVILEGED, Action.REFUSE));

  private final ApplyingApi api = new ApplyingApi();
  private final HandFed cache = new HandFed();
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
    cache.tell(REFUSES);

    await().until(() -> api.deleted().size() == before);
    assertThat(api.applied()).hasSize(before);
  }

  @Test
  void aRuleBeginsToWarn_andEnds_policiesComeAndGo() {
    warnings.start();
    cache.tell(REFUSES);
    cache.tell(WARNS);
    await().until(() -> api.applied().size() == 2 * Gates.NAMES.size());
    assertThat(api.applied())
        .allSatisfy(name -> assertThat(name).endsWith(".door.viking.io-warnings"));

    cache.tell(REFUSES);
    await().until(() -> api.deleted().size() == 2 * Gates.NAMES.size());
    assertThat(api.deleted().getFirst())
        .as("what puts it into force goes first")
        .startsWith("validatingadmissionpolicybindings/");
  }

  @Test
  void serverRefusesOnce_isTriedAgain() {
    api.failNext(new KubeApiException(403, "", "not yet", Optional.empty()));
    warnings.start();
    cache.tell(WARNS);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> api.applied().size() == 2 * Gates.NAMES.size());
  }

  /** A cache of one object. */
  private static final class HandFed implements ObjectCache<DoorPolicy> {
    private volatile Optional<DoorPolicy> policy = Optional.empty();
    private volatile Consumer<? super CacheEvent<DoorPolicy>> listener = event -> {};

    void tell(DoorPolicy told) {
      CacheEvent<DoorPolicy> event =
          policy
              .<CacheEvent<DoorPolicy>>map(old -> new CacheEvent.Updated<>(old, told))
              .orElseGet(() -> new CacheEvent.Added<>(told));
      policy = Optional.of(told);
      listener.accept(event);
    }

    @Override
    public void start() {}

    @Override
    public boolean isSynced() {
      return true;
    }

    @Override
    public Optional<DoorPolicy> get(String namespace, String name) {
      return policy.filter(ignored -> name.equals(DoorPolicy.NAME));
    }

    @Override
    public Collection<DoorPolicy> list() {
      return policy.map(List::of).orElseGet(List::of);
    }

    @Override
    public int size() {
      return list().size();
    }

    @Override
    public void subscribe(Consumer<? super CacheEvent<DoorPolicy>> told) {
      listener = told;
    }

    @Override
    public void close() {}
  }
}
