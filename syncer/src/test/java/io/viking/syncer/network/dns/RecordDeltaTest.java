package io.viking.syncer.network.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.RecordType;
import io.viking.syncer.network.dns.RecordDelta.Change;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordDeltaTest {
  private static final DnsRecord.Key ONE = a("web", "10.0.0.1");
  private static final DnsRecord.Key TWO = a("web", "10.0.0.2");
  private static final DnsRecord.Key ALIAS =
      new DnsRecord.Key("cluster.local", "web", RecordType.RECORD_TYPE_CNAME, "x.example.");

  @Test
  void equal_needsNothing() {
    assertThat(RecordDelta.between(Map.of(ONE, 5), Map.of(ONE, 5))).isEmpty();
  }

  @Test
  void another_isAddedBeforeTheOldIsRemoved() {
    assertThat(RecordDelta.between(Map.of(ONE, 5), Map.of(TWO, 5)))
        .containsExactly(new Change(TWO, 5, false), new Change(ONE, 5, true));
  }

  @Test
  void anotherTtl_andAnUnknownState_areSetAgain() {
    assertThat(
            RecordDelta.between(Map.of(ONE, 60, TWO, RecordDelta.UNKNOWN), Map.of(ONE, 5, TWO, 5)))
        .containsExactlyInAnyOrder(new Change(ONE, 5, false), new Change(TWO, 5, false));
  }

  @Test
  void cname_makesRoom_andIsMadeRoomFor() {
    assertThat(RecordDelta.between(Map.of(ALIAS, 5), Map.of(ONE, 5)))
        .containsExactly(new Change(ALIAS, 5, true), new Change(ONE, 5, false));
    assertThat(RecordDelta.between(Map.of(ONE, 5), Map.of(ALIAS, 5)))
        .containsExactly(new Change(ONE, 5, true), new Change(ALIAS, 5, false));
  }

  private static DnsRecord.Key a(String name, String value) {
    return new DnsRecord.Key("cluster.local", name, RecordType.RECORD_TYPE_A, value);
  }
}
