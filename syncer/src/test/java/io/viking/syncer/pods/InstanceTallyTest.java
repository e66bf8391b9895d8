package io.viking.syncer.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Timestamp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.Price;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceTallyTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final InstanceTally tally = new InstanceTally(registry);

  @Test
  void instances_areCounted_whereTheyAre_andAsTheyAre() {
    tally.listed(
        List.of(
            instance("a", "z1", InstancePhase.INSTANCE_PHASE_PENDING),
            instance("b", "z2", InstancePhase.INSTANCE_PHASE_RUNNING)));
    tally.changed(instance("a", "z1", InstancePhase.INSTANCE_PHASE_RUNNING));
    tally.changed(instance("c", "z1", InstancePhase.INSTANCE_PHASE_RUNNING));
    tally.changed(instance("c", "z1", InstancePhase.INSTANCE_PHASE_RUNNING));

    assertThat(count("z1", "pending")).isZero();
    assertThat(count("z1", "running")).isEqualTo(2);
    assertThat(count("z2", "running")).isEqualTo(1);

    tally.deleted(instance("b", "z2", InstancePhase.INSTANCE_PHASE_SUCCEEDED));
    tally.deleted(instance("b", "z2", InstancePhase.INSTANCE_PHASE_SUCCEEDED));
    assertThat(count("z2", "running")).isZero();
  }

  @Test
  void spending_isThatOfWhatLives() {
    tally.changed(instance("a", "z1", InstancePhase.INSTANCE_PHASE_RUNNING));
    tally.changed(instance("b", "z1", InstancePhase.INSTANCE_PHASE_RUNNING));
    assertThat(spending()).isCloseTo(0.72, within(1e-9));

    tally.changed(
        instance("b", "z1", InstancePhase.INSTANCE_PHASE_SUCCEEDED).toBuilder()
            .setEndTime(Timestamp.getDefaultInstance())
            .build());
    assertThat(spending()).isCloseTo(0.36, within(1e-9));
  }

  @Test
  void newList_isAllThereIs() {
    tally.changed(instance("a", "z1", InstancePhase.INSTANCE_PHASE_RUNNING));

    tally.listed(List.of(instance("b", "z2", InstancePhase.INSTANCE_PHASE_RUNNING)));

    assertThat(count("z1", "running")).isZero();
    assertThat(count("z2", "running")).isEqualTo(1);
    assertThat(spending()).isCloseTo(0.36, within(1e-9));
  }

  private double count(String zone, String phase) {
    return registry.get("viking_instances").tag("zone", zone).tag("phase", phase).gauge().value();
  }

  private double spending() {
    return registry.get("viking_spending_per_hour").tag("currency", "CNY").gauge().value();
  }

  private static Instance instance(String uid, String zone, InstancePhase phase) {
    return Instance.newBuilder()
        .setUid(uid)
        .setZone(zone)
        .setPhase(phase)
        .setPrice(Price.newBuilder().setCurrency("CNY").setNanosPerSecond(100_000))
        .build();
  }
}
