package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What holds of any sequence of events that one watch brought. */
final class InstanceEvents {
  private InstanceEvents() {}

  static boolean isDeleted(InstanceEvent event) {
    return event.getKind() == InstanceEvent.Kind.DELETED;
  }

  /** Per instance: revisions grow, phases never go back, nothing comes after its DELETED. */
  static void assertOrdered(List<InstanceEvent> events) {
    Map<String, InstanceEvent> last = new HashMap<>();
    for (InstanceEvent event : events) {
      Instance now = event.getInstance();
      InstanceEvent before = last.put(now.getInstanceId(), event);
      if (before == null) {
        continue;
      }
      assertThat(isDeleted(before))
          .as("%s was DELETED, and then came %s", now.getUid(), event)
          .isFalse();
      assertThat(now.getRevision())
          .as("revision of %s after %s", now.getUid(), before)
          .isGreaterThan(before.getInstance().getRevision());
      assertThat(now.getPhaseValue())
          .as("phase of %s after %s", now.getUid(), before.getInstance().getPhase())
          .isGreaterThanOrEqualTo(before.getInstance().getPhaseValue());
    }
  }
}
