package io.viking.kube.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.election.ElectionConfig;
import io.viking.kube.testing.UnsupportedKubeApi;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardLeasesTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final ElectionConfig CONFIG =
      new ElectionConfig("viking-syncer", "me", Duration.ofSeconds(3));

  private static V1Lease lease(String name, String holder, Duration ago) {
    return new V1Lease()
        .metadata(new V1ObjectMeta().name(name))
        .spec(
            new V1LeaseSpec()
                .holderIdentity(holder)
                .renewTime(NOW.minus(ago).atOffset(ZoneOffset.UTC)));
  }

  private static ShardLeases leases(int shards, V1Lease... present) {
    var api =
        new UnsupportedKubeApi() {
          @Override
          @SuppressWarnings("unchecked")
          public <T extends KubernetesObject> List<T> list(
              ResourceType<T> type, String namespace, String fieldSelector) {
            return (List<T>) List.of(present);
          }
        };
    return new ShardLeases(CONFIG, shards, api, InstantSource.fixed(NOW));
  }

  @Test
  void name_ofUndividedWork_isThePlainOne() {
    assertThat(ShardLeases.name("viking-syncer", 0, 1)).isEqualTo("viking-syncer");
    assertThat(ShardLeases.name("viking-syncer", 3, 8)).isEqualTo("viking-syncer-3-of-8");
  }

  @Test
  void sameDivision_orOtherWork_isNoObstacle() {
    Duration fresh = Duration.ofSeconds(1);
    leases(
            8,
            lease("viking-syncer-3-of-8", "other", fresh),
            lease("viking-scheduler", "other", fresh),
            lease("viking-syncer-eu-1-of-2", "other", fresh))
        .requireNoOthers();
    leases(1, lease("viking-syncer", "other", fresh)).requireNoOthers();
  }

  @Test
  void leaseOfAnotherDivision_isAnObstacle_whileItIsHeld() {
    Duration fresh = Duration.ofSeconds(59);
    assertThatThrownBy(() -> leases(8, lease("viking-syncer", "other", fresh)).requireNoOthers())
        .hasMessage(
            "\"other\" holds the lease viking-syncer of the same work, divided otherwise than into 8:"
                + " give all replicas the same --shards");
    assertThatThrownBy(
            () -> leases(1, lease("viking-syncer-1-of-4", "other", fresh)).requireNoOthers())
        .hasMessageContaining("viking-syncer-1-of-4");
    leases(8, lease("viking-syncer", "", fresh)).requireNoOthers();
    leases(8, lease("viking-syncer", "dead", Duration.ofSeconds(61))).requireNoOthers();
  }
}
