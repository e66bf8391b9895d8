package io.viking.kube.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairLineTest {
  private final FairLine<String> line = new FairLine<>();

  @Test
  void tenantsTakeTurns_andEachKeepsItsOrder() {
    add("big", "b1", "b2", "b3", "b4");
    add("small", "s1", "s2");

    assertThat(all()).containsExactly("b1", "s1", "b2", "s2", "b3", "b4");
  }

  @Test
  void whoComesLate_waitsForOneRound() {
    for (int i = 0; i < 10_000; i++) {
      line.add("big", "b" + i);
    }
    for (int i = 0; i < 500; i++) {
      line.next();
    }
    line.add("small", "s");

    assertThat(List.of(line.next(), line.next()))
        .containsExactly(Optional.of("b500"), Optional.of("s"));
  }

  @Test
  void whatIsThere_isNotAddedAgain() {
    add("one", "a", "b", "a");
    line.putBack("one", "b");

    assertThat(line.size()).isEqualTo(2);
    assertThat(all()).containsExactly("a", "b");
  }

  @Test
  void whatIsPutBack_isNextOfAll() {
    add("one", "a", "b");
    add("other", "c");
    String first = line.next().orElseThrow();
    line.putBack("one", first);

    assertThat(all()).containsExactly("a", "c", "b");
  }

  @Test
  void whatIsFirstOfItsTenant_waitsForTheTenantsTurn() {
    add("one", "a", "b");
    add("other", "c", "d");
    line.next();
    line.addFirst("one", "a");

    assertThat(all()).containsExactly("c", "a", "d", "b");
  }

  @Test
  void whatIsRemoved_leavesNoTurnBehind() {
    add("one", "a");
    add("other", "b");
    line.remove("one", "a");
    line.remove("one", "a");
    line.remove("nobody", "x");

    assertThat(line.size()).isEqualTo(1);
    assertThat(all()).containsExactly("b");
    assertThat(line.isEmpty()).isTrue();
    assertThat(line.next()).isEmpty();
  }

  private void add(String tenant, String... items) {
    for (String item : items) {
      line.add(tenant, item);
    }
  }

  private List<String> all() {
    List<String> all = new ArrayList<>();
    for (var item = line.next(); item.isPresent(); item = line.next()) {
      all.add(item.get());
    }
    return all;
  }
}
