package io.viking.cloud.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.StatusException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class PagesTest {
  private final List<String> asked = new ArrayList<>();
  private final List<String> taken = new ArrayList<>();

  /** What the page "2" answers first. */
  private final Deque<Status> troubles = new ArrayDeque<>();

  /** Three pages: each answers its own token and the next one's. */
  private List<String> ask(String token) throws StatusException {
    asked.add(token);
    if (token.equals("2") && !troubles.isEmpty()) {
      throw troubles.remove().asException();
    }
    return switch (token) {
      case "" -> List.of("first", "2");
      case "2" -> List.of("second", "3");
      default -> List.of("third", "");
    };
  }

  private void list() throws StatusException {
    taken.addAll(Pages.items(this::ask, List::getLast, page -> List.of(page.getFirst())));
  }

  @Test
  void pageThatFails_isAskedForAgain_andTheOthersAreNot() throws Exception {
    troubles.addAll(List.of(Status.UNAVAILABLE, Status.DEADLINE_EXCEEDED));
    list();
    assertThat(taken).containsExactly("first", "second", "third");
    assertThat(asked).containsExactly("", "2", "2", "2", "3");
  }

  @Test
  void pageThatGoesOnFailing_endsTheList() {
    for (int i = 0; i < Pages.TRIES; i++) {
      troubles.add(Status.UNAVAILABLE);
    }
    assertThatThrownBy(this::list).isInstanceOf(StatusException.class);
    assertThat(asked).hasSize(1 + Pages.TRIES);
  }

  @Test
  void pageThatIsNotAnswered_isAskedForOnceMore() {
    troubles.addAll(List.of(Status.DEADLINE_EXCEEDED, Status.DEADLINE_EXCEEDED));
    assertThatThrownBy(this::list).hasMessageContaining("DEADLINE_EXCEEDED");
    assertThat(asked).containsExactly("", "2", "2");
  }

  @Test
  void refusal_endsTheListAtOnce() {
    troubles.add(Status.UNIMPLEMENTED);
    assertThatThrownBy(this::list).hasMessageContaining("UNIMPLEMENTED");
    assertThat(asked).containsExactly("", "2");
  }

  @Test
  void firstPage_isNotRepeated_sinceItsCallerKnowsWhenToAskAgain() {
    assertThatThrownBy(
            () ->
                Pages.all(
                    token -> {
                      asked.add(token);
                      throw Status.UNAVAILABLE.asException();
                    },
                    answer -> ""))
        .isInstanceOf(StatusException.class);
    assertThat(asked).containsExactly("");
  }
}
