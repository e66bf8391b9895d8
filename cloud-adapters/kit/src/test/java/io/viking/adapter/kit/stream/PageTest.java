package io.viking.adapter.kit.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  private final NavigableMap<String, Instance> all = new TreeMap<>();

  @Test
  void pages_goThroughAll_atTheRevisionOfTheFirst() {
    add(1, 5);

    Page<Instance> first = Page.of(all, 7, 2, "");
    Page<Instance> second = Page.of(all, 8, 2, first.nextToken());
    Page<Instance> third = Page.of(all, 9, 2, second.nextToken());

    assertThat(List.of(first, second, third)).extracting(Page::revision).containsOnly(7L);
    assertThat(uids(first, second, third)).containsExactly("1", "2", "3", "4", "5");
    assertThat(third.nextToken()).isEmpty();
  }

  @Test
  void pages_whenTheLastItemSeenIsGone_goOnAfterIt() {
    add(1, 4);
    Page<Instance> first = Page.of(all, 7, 2, "");
    all.remove("2");

    assertThat(uids(Page.of(all, 8, 2, first.nextToken()))).containsExactly("3", "4");
  }

  @Test
  void lastPage_thatIsFull_hasNoToken() {
    add(1, 4);

    assertThat(Page.of(all, 7, 4, "").nextToken()).isEmpty();
  }

  @Test
  void sizeZero_orTooLarge_isTheAdaptersChoice() {
    add(1, Page.MAX_ITEMS + 1);

    assertThat(Page.of(all, 7, 0, "").items()).hasSize(Page.MAX_ITEMS);
    assertThat(Page.of(all, 7, Integer.MAX_VALUE, "").items()).hasSize(Page.MAX_ITEMS);
  }

  @Test
  void largeItems_stayFarBelowAMessage() {
    for (int i = 0; i < 10; i++) {
      all.put("" + i, Instance.newBuilder().setUid("" + i).setMessage("x".repeat(300_000)).build());
    }

    assertThat(Page.of(all, 7, 0, "").items()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"~moon~", "bW9vbg", "YTpi"})
  void foreignToken_isInvalid(String token) {
    Throwable thrown = catchThrowable(() -> Page.of(all, 7, 0, token));

    CloudFailure failure = CloudFailures.from(thrown);
    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
    assertThat(failure.metadata())
        .containsEntry("field", "page_token")
        .containsEntry("value", token);
  }

  @Test
  void negativeSize_isInvalid() {
    assertThatThrownBy(() -> Page.of(all, 7, -1, "")).hasMessageContaining("page_size is \"-1\"");
  }

  private void add(int from, int to) {
    IntStream.rangeClosed(from, to)
        .mapToObj(Integer::toString)
        .forEach(uid -> all.put(uid, Instance.newBuilder().setUid(uid).build()));
  }

  @SafeVarargs
  private static List<String> uids(Page<Instance>... pages) {
    List<String> uids = new ArrayList<>();
    for (Page<Instance> page : pages) {
      page.items().forEach(item -> uids.add(item.getUid()));
    }
    return uids;
  }
}
