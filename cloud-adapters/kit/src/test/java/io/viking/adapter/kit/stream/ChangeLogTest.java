package io.viking.adapter.kit.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.adapter.kit.stream.ChangeLog.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangeLogTest {
  private final ChangeLog<String, String> log = new ChangeLog<>(4, 100, String::length);

  @Test
  void newLog_readFromItsRevision_hasNothing() {
    assertThat(read(100)).isEqualTo(new Read.Changes<>(List.of(), 100, false));
  }

  @Test
  void read_givesWhatCameAfter_inOrder() {
    changed(101, "a", "a1");
    changed(105, "b", "b1");

    assertThat(read(100)).isEqualTo(changes(105, change(101, "a", "a1"), change(105, "b", "b1")));
    assertThat(read(101)).isEqualTo(changes(105, change(105, "b", "b1")));
    assertThat(read(105)).isEqualTo(changes(105));
  }

  @Test
  void laterState_replacesTheEarlier() {
    changed(101, "a", "a1");
    changed(102, "b", "b1");
    changed(103, "a", "a2");

    assertThat(read(100)).isEqualTo(changes(103, change(102, "b", "b1"), change(103, "a", "a2")));
  }

  @Test
  void removal_isNeverReplaced_andReplacesTheStateBefore() {
    changed(101, "a", "a1");
    removed(102, "a", "a1");
    changed(103, "a", "a2");
    removed(104, "a", "a2");
    changed(105, "a", "a3");

    assertThat(read(100))
        .isEqualTo(
            changes(
                105,
                Change.removed(102, "a", "a1"),
                Change.removed(104, "a", "a2"),
                change(105, "a", "a3")));
  }

  @Test
  void fullLog_forgetsTheOldest_andSaysSo() {
    for (int i = 1; i <= 6; i++) {
      changed(100 + i, "key" + i, "value");
    }

    assertThat(read(101)).isEqualTo(new Read.TooOld<>(102));
    assertThat(read(102)).isInstanceOf(Read.Changes.class);
  }

  @Test
  void manyStatesOfOneKey_fillNothing() {
    changed(101, "a", "a1");
    for (int i = 2; i <= 1000; i++) {
      changed(100 + i, "b", "b" + i);
    }

    assertThat(read(100))
        .isEqualTo(changes(1100, change(101, "a", "a1"), change(1100, "b", "b1000")));
  }

  @Test
  void keyWhoseStateWasForgotten_isLoggedAgain() {
    changed(101, "a", "a1");
    for (int i = 2; i <= 6; i++) {
      changed(100 + i, "key" + i, "value");
    }
    changed(107, "a", "a2");

    assertThat(read(106)).isEqualTo(changes(107, change(107, "a", "a2")));
  }

  @Test
  void revisionOfTheFuture_orOfBeforeTheStart_isTooOld() {
    assertThat(read(101)).isEqualTo(new Read.TooOld<>(100));
    assertThat(read(99)).isEqualTo(new Read.TooOld<>(100));
  }

  @Test
  void forgetting_leavesOnlyTheRevisionNow() {
    changed(101, "a", "a1");

    log.forget();

    assertThat(read(100)).isEqualTo(new Read.TooOld<>(101));
    assertThat(read(101)).isEqualTo(changes(101));
  }

  @Test
  void read_stopsAtItsBytes_andGoesOnFromThere() {
    changed(101, "a", "12345");
    changed(102, "b", "12345");
    changed(103, "c", "12345");

    assertThat(log.read(100, all -> true, 12))
        .isEqualTo(
            new Read.Changes<>(
                List.of(change(101, "a", "12345"), change(102, "b", "12345")), 102, true));
    assertThat(log.read(102, all -> true, 1))
        .as("a value above the limit comes alone")
        .isEqualTo(changes(103, change(103, "c", "12345")));
  }

  @Test
  void read_pastThousandsOfUnwanted_comesBackInBetween() {
    var large = new ChangeLog<Integer, String>(10_000, 0, String::length);
    IntStream.rangeClosed(1, 5000).forEach(i -> large.append(Change.changed(i, i, "value")));
    long position = 0;
    int reads = 0;
    List<Change<Integer, String>> found = new ArrayList<>();
    boolean more = true;
    while (more) {
      if (large.read(position, change -> change.key() == 4999, 1000)
          instanceof Read.Changes<Integer, String>(var changes, long revision, boolean goesOn)) {
        found.addAll(changes);
        position = revision;
        more = goesOn;
        reads++;
      }
    }

    assertThat(found).extracting(Change::key).containsExactly(4999);
    assertThat(position).isEqualTo(5000);
    assertThat(reads).isEqualTo(3);
  }

  @Test
  void revisionThatDoesNotGrow_isRefused() {
    changed(101, "a", "a1");

    assertThatThrownBy(() -> changed(101, "b", "b1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("101 of b");
  }

  @Test
  void listener_isCalledOncePerAppend_untilIgnored() {
    List<String> calls = new ArrayList<>();
    Runnable listener = () -> calls.add("called");
    log.listen(listener);
    log.appendAll(List.of(change(101, "a", "a1"), change(102, "b", "b1")));
    log.ignore(listener);
    changed(103, "c", "c1");

    assertThat(calls).containsExactly("called");
  }

  private Read<String, String> read(long since) {
    return log.read(since, all -> true, 1_000_000);
  }

  private void changed(long revision, String key, String value) {
    log.append(change(revision, key, value));
  }

  private void removed(long revision, String key, String value) {
    log.append(Change.removed(revision, key, value));
  }

  private static Change<String, String> change(long revision, String key, String value) {
    return Change.changed(revision, key, value);
  }

  @SafeVarargs
  private static Read<String, String> changes(long revision, Change<String, String>... changes) {
    return new Read.Changes<>(List.of(changes), revision, false);
  }
}
