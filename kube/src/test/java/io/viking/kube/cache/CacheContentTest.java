package io.viking.kube.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CacheContentTest {
  private final CacheContent<V1Pod> content = new CacheContent<>();

  @Test
  void replace_firstList_addsAll() {
    V1Pod a = pod("a", "1", "10");
    assertThat(content.replace(List.of(a), Set.of())).containsExactly(new CacheEvent.Added<>(a));
    assertThat(content.get("ns", "a")).contains(a);
  }

  @Test
  void replace_secondList_tellsTheDifferenceOnly() {
    V1Pod same = pod("same", "1", "10");
    V1Pod changes = pod("changes", "2", "11");
    V1Pod goes = pod("goes", "3", "12");
    content.replace(List.of(same, changes, goes), Set.of());
    V1Pod changed = pod("changes", "2", "20");
    V1Pod comes = pod("comes", "4", "21");

    assertThat(content.replace(List.of(pod("same", "1", "10"), changed, comes), Set.of()))
        .containsExactly(
            new CacheEvent.Deleted<>(goes, false),
            new CacheEvent.Updated<>(changes, changed),
            new CacheEvent.Added<>(comes));
    assertThat(content.size()).isEqualTo(3);
  }

  @Test
  void replace_unreadable_keepsWhatIsKnown() {
    V1Pod known = pod("a", "1", "10");
    content.replace(List.of(known), Set.of());
    assertThat(content.replace(List.of(), Set.of(new ObjectKey("ns", "a")))).isEmpty();
    assertThat(content.get("ns", "a")).contains(known);
  }

  @Test
  void upsert_sameNameOtherUid_isDeletedThenAdded() {
    V1Pod first = pod("a", "1", "10");
    V1Pod second = pod("a", "2", "11");
    content.upsert(first);
    assertThat(content.upsert(second))
        .containsExactly(new CacheEvent.Deleted<>(first, false), new CacheEvent.Added<>(second));
  }

  @Test
  void upsert_sameResourceVersion_isNothing() {
    content.upsert(pod("a", "1", "10"));
    assertThat(content.upsert(pod("a", "1", "10"))).isEmpty();
  }

  @Test
  void remove_tellsTheLastState() {
    content.upsert(pod("a", "1", "10"));
    V1Pod last = pod("a", "1", "11");
    assertThat(content.remove(last)).containsExactly(new CacheEvent.Deleted<>(last, true));
    assertThat(content.size()).isZero();
  }

  @Test
  void remove_anotherUid_leavesThePresentObject() {
    V1Pod present = pod("a", "2", "12");
    content.upsert(present);
    assertThat(content.remove(pod("a", "1", "11"))).isEmpty();
    assertThat(content.get("ns", "a")).contains(present);
  }

  @Test
  void remove_unknown_isNothing() {
    assertThat(content.remove(pod("a", "1", "10"))).isEmpty();
    assertThat(content.remove(new ObjectKey("ns", "a"))).isEmpty();
  }

  private static V1Pod pod(String name, String uid, String version) {
    return new V1Pod()
        .metadata(new V1ObjectMeta().namespace("ns").name(name).uid(uid).resourceVersion(version));
  }
}
