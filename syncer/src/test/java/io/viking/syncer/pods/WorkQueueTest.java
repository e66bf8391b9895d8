package io.viking.syncer.pods;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.syncer.pods.lifecycle.PodRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
  private final WorkQueue queue = new WorkQueue(2);

  @Test
  void aNamespaceWithFewPods_waitsForOneRound_notForAllOfTheOther() {
    for (int i = 0; i < 50_000; i++) {
      queue.want(pod("big", i));
    }
    for (int i = 0; i < 3; i++) {
      queue.want(pod("small", i));
    }

    List<String> first = List.of(next(), next(), next(), next(), next(), next());
    assertThat(first).contains("small-0", "small-1", "small-2");
    assertThat(queue.waiting()).isEqualTo(49_997);
  }

  @Test
  void aPodStandsInLineOnce_andNotWhileItsCallIsMade() {
    PodRef pod = pod("a", 1);
    queue.want(pod);
    queue.want(pod);
    assertThat(queue.waiting()).isEqualTo(1);

    queue.next();
    queue.started(List.of(pod.uid()));
    queue.want(pod);
    assertThat(queue.waiting()).isZero();

    queue.ended(List.of(pod.uid()));
    queue.want(pod);
    assertThat(queue.waiting()).isEqualTo(1);
  }

  @Test
  void whoWantsItNoMore_isOut() {
    queue.want(pod("a", 1));
    queue.want(pod("a", 2));
    queue.forget(pod("a", 1).uid());
    queue.forget("never-there");

    assertThat(next()).isEqualTo("a-2");
    assertThat(queue.hasRoom()).isFalse();
  }

  @Test
  void whatNoCallTook_isNext() {
    queue.want(pod("a", 1));
    queue.want(pod("b", 1));
    next();
    queue.putBack(pod("a", 1));

    assertThat(List.of(next(), next())).containsExactly("a-1", "b-1");
  }

  @Test
  void asManyCallsAsItIsWide() {
    for (int i = 0; i < 3; i++) {
      queue.want(pod("a", i));
    }
    queue.started(List.of(next()));
    assertThat(queue.hasRoom()).isTrue();
    queue.started(List.of(next()));
    assertThat(queue.hasRoom()).isFalse();
    queue.ended(List.of("a-0"));
    assertThat(queue.hasRoom()).isTrue();
  }

  private String next() {
    return queue.next().orElseThrow();
  }

  private static PodRef pod(String namespace, int number) {
    String uid = namespace + "-" + number;
    return new PodRef(namespace, uid, uid);
  }
}
