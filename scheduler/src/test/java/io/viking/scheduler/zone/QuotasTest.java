package io.viking.scheduler.zone;

import static io.viking.scheduler.testing.Cloud.cloud;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.testing.Cloud;
import org.junit.jupiter.api.Test;

class QuotasTest {
  private static final String TYPE = "1-2Gi";
  private static final Cure INSTANCES = new Cure.Quota("instances");
  private static final Cure VCPU = new Cure.Quota("milli-vcpu");

  private final Inventory inventory = new Inventory();
  private final Cloud cloud = cloud().quota("instances", 10, 3).quota("milli-vcpu", 20_000, 6_000);

  @Test
  void left_claims_areTakenOffByTheSizeOfTheirType() {
    inventory.update(cloud.snapshot());
    inventory.claim("a", "h", TYPE);
    inventory.claim("b", "i", "4-8Gi");
    expect(5, 9_000);
  }

  @Test
  void left_quotaThatIsNotBoundedOrNotNamed_isUnbounded() {
    inventory.update(cloud().quota("instances", -1, 7).snapshot());
    inventory.claim("a", "h", TYPE);
    expect(Shelf.UNBOUNDED, Shelf.UNBOUNDED);
    assertThat(inventory.quotas().limit("milli-vcpu")).isNegative();
  }

  @Test
  void left_catalogShowsTheInstance_countsItOnce() {
    inventory.update(cloud.snapshot());
    inventory.claim("a", "h", TYPE);
    use(4, 7_000);
    expect(6, 13_000);
    inventory.started("a", "h");
    expect(6, 13_000);
  }

  @Test
  void left_startedInAnotherZone_countsAllTheSame() {
    inventory.update(cloud.snapshot());
    inventory.claim("a", "h", TYPE);
    use(4, 7_000);
    inventory.started("a", "i");
    expect(6, 13_000);
  }

  @Test
  void left_moreIsUsedThanMayBe_isNothing() {
    inventory.update(cloud().quota("instances", 10, 12).snapshot());
    assertThat(inventory.quotas().left("instances")).isZero();
  }

  @Test
  void release_claim_givesItBackAndNamesTheQuotas() {
    inventory.update(cloud.snapshot());
    inventory.claim("a", "h", TYPE);
    assertThat(inventory.release("a")).contains(INSTANCES, VCPU);
    expect(7, 14_000);
  }

  @Test
  void update_lessUsedOrAHigherLimit_namesTheQuota() {
    inventory.update(cloud.snapshot());
    assertThat(inventory.update(cloud.snapshot())).isEmpty();
    assertThat(inventory.update(cloud.quota("instances", 10, 4).snapshot())).isEmpty();
    assertThat(inventory.update(cloud.quota("instances", 10, 2).snapshot()))
        .containsExactly(INSTANCES);
    assertThat(inventory.update(cloud.quota("milli-vcpu", 30_000, 6_000).snapshot()))
        .containsExactly(VCPU);
    assertThat(inventory.update(cloud.quota("instances", -1, 0).snapshot()))
        .containsExactly(INSTANCES);
  }

  private void use(long instances, long milliVcpu) {
    inventory.update(
        cloud.quota("instances", 10, instances).quota("milli-vcpu", 20_000, milliVcpu).snapshot());
  }

  private void expect(long instances, long milliVcpu) {
    assertThat(inventory.quotas().left("instances")).isEqualTo(instances);
    assertThat(inventory.quotas().left("milli-vcpu")).isEqualTo(milliVcpu);
  }
}
