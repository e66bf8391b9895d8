package io.viking.adapter.sim.network.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.adapter.sim.network.outcome.Outcome;
import io.viking.adapter.sim.profile.NetworkProfile;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.state.BucketState;
import io.viking.adapter.sim.state.SetRecord;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.RecordChange;
import io.viking.cloud.v1.RecordType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bounds, rates and hands; what holds for any cloud is in the contract's tests. */
class PrivateZonesTest {
  private static final String CLUSTER = "cluster-a";
  private static final String ZONE = "cluster.local";
  private static final long NOW = 1_000_000;

  @ParameterizedTest(name = "{0} s")
  @CsvSource({"0, 60", "1, 5", "5, 5", "6, 30", "61, 3600", "86400, 86400", "2000000, 86400"})
  void ttl_isRoundedUpToOneThatIsOffered(int asked, int offered) {
    PrivateZones cloud = cloud("base: eci");

    assertThat(change(cloud, NOW, add(address("web", "10.0.0.1", asked))))
        .containsOnly(Optional.empty());

    assertThat(list(cloud)).containsExactly(address("web", "10.0.0.1", offered));
  }

  @Test
  void eachRecord_takesAToken_andTheRestOfABatchWaits() {
    PrivateZones cloud =
        cloud("base: instant\nnetwork: {dns: {writes: {burst: 3, perMinute: 60}}}");

    List<Optional<CloudFailure>> outcomes =
        change(
            cloud,
            NOW,
            add(address("a", "10.0.0.1", 60)),
            add(address("a", "10.0.0.1", 60)),
            add(address("b", "10.0.0.2", 60)),
            add(address("c", "10.0.0.3", 60)));

    assertThat(outcomes.stream().map(Optional::isEmpty))
        .as("the zone took one, the repetition none")
        .containsExactly(true, true, true, false);
    assertThat(outcomes.get(3).orElseThrow().reason())
        .isEqualTo(ErrorReason.ERROR_REASON_THROTTLED);
    assertThat(outcomes.get(3).orElseThrow().retryAfter()).hasValue(Duration.ofSeconds(1));
    assertThat(change(cloud, NOW + 1_000, add(address("c", "10.0.0.3", 60))))
        .containsOnly(Optional.empty());
  }

  @Test
  void quotas_ofZonesAndRecords() {
    PrivateZones cloud = cloud("base: instant\nnetwork: {dns: {zones: 1, recordsPerZone: 1}}");

    assertThat(refused(cloud.ensure(CLUSTER, "other.local", NOW)).metadata())
        .containsEntry("quota", "private zones");
    List<Optional<CloudFailure>> outcomes =
        change(cloud, NOW, add(address("a", "10.0.0.1", 60)), add(address("b", "10.0.0.2", 60)));
    assertThat(outcomes.get(0)).isEmpty();
    assertThat(outcomes.get(1).orElseThrow().metadata())
        .containsEntry("quota", "records of a zone");
  }

  @Test
  void removesOfOneNameAndType_keepTheirPlace_amongItsAdds() {
    PrivateZones cloud = cloud("base: instant");
    Record record = address("web", "10.0.0.1", 60);

    change(cloud, NOW, add(record), remove(record));
    assertThat(list(cloud)).as("added, then removed").isEmpty();

    change(cloud, NOW, remove(record), add(record));
    assertThat(list(cloud)).as("removed, then added").containsExactly(record);
  }

  @Test
  void alias_besideAnotherRecord_waits_orIsForeign() {
    PrivateZones cloud = cloud("base: instant");
    Record alias = record("web", RecordType.RECORD_TYPE_CNAME, "example.com.", 60);
    change(cloud, NOW, add(address("web", "10.0.0.1", 60)));

    assertThat(change(cloud, NOW, add(alias)).getFirst().orElseThrow().reason())
        .isEqualTo(ErrorReason.ERROR_REASON_BUSY);
    change(cloud, NOW, remove(address("web", "10.0.0.1", 60)));
    byHand(cloud, null, address("web", "192.0.2.1", 60));
    assertThat(change(cloud, NOW, add(alias)).getFirst().orElseThrow().reason())
        .isEqualTo(ErrorReason.ERROR_REASON_FOREIGN);
  }

  @Test
  void editedByHand_keepsItsOwner_andIsPutRight() {
    PrivateZones cloud = cloud("base: instant");
    Record ours = address("web", "10.0.0.1", 60);
    Record edited = address("web", "192.0.2.66", 5);
    change(cloud, NOW, add(ours));

    assertThat(byHand(cloud, ours, edited)).isTrue();

    assertThat(list(cloud)).as("it is still listed as ours").containsExactly(edited);
    change(cloud, NOW, add(ours), remove(edited));
    assertThat(list(cloud)).containsExactly(ours);
  }

  @Test
  void byHand_whatIsNotThere_isNotChanged_andWhatIsThereNotAdded() {
    PrivateZones cloud = cloud("base: instant");
    Record record = address("web", "10.0.0.1", 60);

    assertThat(byHand(cloud, record, null)).isFalse();
    assertThat(byHand(cloud, null, record)).isTrue();
    assertThat(byHand(cloud, null, record)).isFalse();
    assertThat(byHand(cloud, record, address("web", "10.0.0.1", 5))).as("its TTL").isTrue();
    assertThat(cloud.showRecords(ZONE).orElseThrow()).hasSize(1);
  }

  @Test
  void names_areTheSame_inWhateverCase() {
    PrivateZones cloud = cloud("base: instant");
    change(cloud, NOW, add(address("Web", "10.0.0.1", 60)));
    change(cloud, NOW, add(address("web", "10.0.0.1", 5)));

    assertThat(list(cloud)).containsExactly(address("web", "10.0.0.1", 5));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "web, RECORD_TYPE_A, fd00::1, record.value",
    "web, RECORD_TYPE_AAAA, 10.0.0.1, record.value",
    "web, RECORD_TYPE_SRV, 0 100 99999 web., record.value",
    "web., RECORD_TYPE_A, 10.0.0.1, record.name",
    "a..b, RECORD_TYPE_A, 10.0.0.1, record.name",
    "web, RECORD_TYPE_UNSPECIFIED, 10.0.0.1, record.type",
    "@, RECORD_TYPE_CNAME, example.com., record.type"
  })
  void faults_nameTheField(String name, RecordType type, String value, String field) {
    assertThat(PrivateZones.fault(record(name, type, value, 60), ZONE).orElseThrow().metadata())
        .containsEntry("field", field);
  }

  private static PrivateZones cloud(String yaml) {
    NetworkProfile.Dns may = Profiles.parse("test", yaml).network().dns();
    AtomicInteger serial = new AtomicInteger();
    PrivateZones zones =
        new PrivateZones(
            may,
            prefix -> prefix + serial.incrementAndGet(),
            BucketState.newBuilder().setMicroTokens(Long.MAX_VALUE).setFilled(NOW).build());
    assertThat(zones.ensure(CLUSTER, ZONE, NOW)).isInstanceOf(Outcome.Done.class);
    return zones;
  }

  private static boolean byHand(
      PrivateZones cloud, @Nullable Record before, @Nullable Record after) {
    SetRecord.Builder act = SetRecord.newBuilder().setZone(ZONE);
    Optional.ofNullable(before).ifPresent(act::setBefore);
    Optional.ofNullable(after).ifPresent(act::setAfter);
    return cloud.set(act.build());
  }

  private static List<Record> list(PrivateZones cloud) {
    return List.copyOf(cloud.records(CLUSTER, ZONE, "").orElseThrow().values());
  }

  private static Record address(String name, String value, int ttl) {
    return record(name, RecordType.RECORD_TYPE_A, value, ttl);
  }

  private static Record record(String name, RecordType type, String value, int ttl) {
    return Record.newBuilder().setName(name).setType(type).setValue(value).setTtl(ttl).build();
  }

  private static RecordChange add(Record record) {
    return RecordChange.newBuilder().setRecord(record).build();
  }

  private static RecordChange remove(Record record) {
    return RecordChange.newBuilder().setRecord(record).setRemove(true).build();
  }

  private static List<Optional<CloudFailure>> change(
      PrivateZones cloud, long now, RecordChange... changes) {
    return switch (cloud.change(CLUSTER, ZONE, List.of(changes), now)) {
      case Outcome.Done<List<Optional<CloudFailure>>>(List<Optional<CloudFailure>> outcomes) ->
          outcomes;
      case Outcome.Refused<List<Optional<CloudFailure>>>(CloudFailure failure) ->
          throw new AssertionError(failure);
    };
  }

  private static <T> CloudFailure refused(Outcome<T> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    return ((Outcome.Refused<T>) outcome).failure();
  }
}
