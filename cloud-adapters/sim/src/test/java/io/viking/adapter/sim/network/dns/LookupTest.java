package io.viking.adapter.sim.network.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.state.BucketState;
import io.viking.adapter.sim.state.SetRecord;
import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.RecordType;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

class LookupTest {
  private final PrivateZones zones =
      new PrivateZones(
          Profiles.instant().network().dns(),
          prefix -> prefix + "1",
          BucketState.getDefaultInstance());

  @BeforeEach
  void records() {
    set("cluster.local", "web.default.svc", RecordType.RECORD_TYPE_A, "10.1.0.7");
    set("cluster.local", "web.default.svc", RecordType.RECORD_TYPE_A, "10.1.0.8");
    set("cluster.local", "web-0.web.default.svc", RecordType.RECORD_TYPE_A, "10.1.0.7");
    set(
        "cluster.local",
        "_http._tcp.web.default.svc",
        RecordType.RECORD_TYPE_SRV,
        "0 100 80 web-0.web.default.svc.cluster.local.");
    set("cluster.local", "alias.default.svc", RecordType.RECORD_TYPE_CNAME, "web.default.svc");
    set("cluster.local", "out.default.svc", RecordType.RECORD_TYPE_CNAME, "www.example.com.");
    set("cluster.local", "a.loop", RecordType.RECORD_TYPE_CNAME, "b.loop");
    set("cluster.local", "b.loop", RecordType.RECORD_TYPE_CNAME, "a.loop");
    set("cluster.local", "*.wild", RecordType.RECORD_TYPE_A, "10.1.0.9");
    set("cluster.local", "tame.wild", RecordType.RECORD_TYPE_TXT, "\"hello\"");
    set(
        "in-addr.arpa",
        "7.0.1.10",
        RecordType.RECORD_TYPE_PTR,
        "web-0.web.default.svc.cluster.local.");
    set("sub.cluster.local", "web", RecordType.RECORD_TYPE_A, "10.1.0.10");
  }

  @Test
  void addresses_areAll_inWhateverCase() {
    assertThat(values(find("WEB.Default.svc.cluster.local.", Type.A)))
        .containsExactlyInAnyOrder("10.1.0.7", "10.1.0.8");
  }

  @Test
  void service_bringsTheAddressesOfItsTargets() {
    Answer answer = find("_http._tcp.web.default.svc.cluster.local.", Type.SRV);

    assertThat(values(answer)).containsExactly("0 100 80 web-0.web.default.svc.cluster.local.");
    assertThat(answer.additional())
        .singleElement()
        .satisfies(record -> assertThat(record.rdataToString()).isEqualTo("10.1.0.7"));
  }

  @Test
  void alias_isFollowed_withinTheZones() {
    assertThat(values(find("alias.default.svc.cluster.local.", Type.A)))
        .startsWith("web.default.svc.cluster.local.")
        .contains("10.1.0.7", "10.1.0.8");
    assertThat(values(find("out.default.svc.cluster.local.", Type.A)))
        .containsExactly("www.example.com.");
    assertThat(values(find("out.default.svc.cluster.local.", Type.CNAME)))
        .containsExactly("www.example.com.");
  }

  @Test
  void aliasesInACircle_areAFailure_andNoLoop() {
    assertThat(find("a.loop.cluster.local.", Type.A).rcode()).isEqualTo(Rcode.SERVFAIL);
  }

  @Test
  void pointer_isFoundInItsOwnZone() {
    assertThat(values(find("7.0.1.10.in-addr.arpa.", Type.PTR)))
        .containsExactly("web-0.web.default.svc.cluster.local.");
  }

  @Test
  void nameWithoutThatType_isNoData_andNoNameIsNoDomain_bothWithTheZonesSoa() {
    assertNothing(find("web.default.svc.cluster.local.", Type.AAAA), Rcode.NOERROR);
    assertNothing(find("nobody.default.svc.cluster.local.", Type.A), Rcode.NXDOMAIN);
    assertNothing(find("svc.cluster.local.", Type.A), Rcode.NOERROR);
    assertNothing(find("cluster.local.", Type.A), Rcode.NOERROR);
    assertThat(find("cluster.local.", Type.SOA).answers()).hasSize(1);
  }

  @Test
  void nameThatLostItsRecords_isGone_andSoAreThoseAbove() {
    SetRecord.Builder removal = SetRecord.newBuilder().setZone("cluster.local");
    zones.set(
        removal.setBefore(record("tame.wild", RecordType.RECORD_TYPE_TXT, "\"hello\"")).build());
    zones.set(removal.setBefore(record("*.wild", RecordType.RECORD_TYPE_A, "10.1.0.9")).build());

    assertThat(find("wild.cluster.local.", Type.A).rcode()).isEqualTo(Rcode.NXDOMAIN);
  }

  @Test
  void wildcard_standsForNamesThatDoNotExist() {
    assertThat(find("any.thing.wild.cluster.local.", Type.A).answers())
        .singleElement()
        .satisfies(
            record ->
                assertThat(record.getName()).isEqualTo(name("any.thing.wild.cluster.local.")));
    assertNothing(find("tame.wild.cluster.local.", Type.A), Rcode.NOERROR);
  }

  @Test
  void longestZone_answers_andNoZoneRefuses() {
    assertThat(values(find("web.sub.cluster.local.", Type.A))).containsExactly("10.1.0.10");
    assertThat(find("www.example.com.", Type.A).rcode()).isEqualTo(Rcode.REFUSED);
  }

  private static void assertNothing(Answer answer, int rcode) {
    assertThat(answer.rcode()).isEqualTo(rcode);
    assertThat(answer.answers()).isEmpty();
    assertThat(answer.soa().orElseThrow().getName()).isEqualTo(name("cluster.local."));
  }

  private void set(String zone, String name, RecordType type, String value) {
    assertThat(
            zones.set(
                SetRecord.newBuilder().setZone(zone).setAfter(record(name, type, value)).build()))
        .isTrue();
  }

  private static Record record(String name, RecordType type, String value) {
    return Record.newBuilder().setName(name).setType(type).setValue(value).setTtl(60).build();
  }

  private Answer find(String name, int type) {
    return zones.lookup(name(name), type);
  }

  private static Name name(String name) {
    return Name.fromConstantString(name);
  }

  private static List<String> values(Answer answer) {
    return answer.answers().stream().map(org.xbill.DNS.Record::rdataToString).toList();
  }
}
