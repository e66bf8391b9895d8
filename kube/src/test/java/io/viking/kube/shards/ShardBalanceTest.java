package io.viking.kube.shards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShardBalanceTest {
  @Test
  void newcomer_asksForItsPart_theLastOfWhoHasMost() {
    assertThat(ShardBalance.toAskFor(List.of("a", "a", "a", "a"), "b")).containsExactly(3, 2);
    assertThat(ShardBalance.toAskFor(List.of("a", "b", "a", "b", "a", "b"), "c"))
        .containsExactlyInAnyOrder(4, 5);
  }

  @Test
  void whoHasEnough_asksForNothing() {
    assertThat(ShardBalance.toAskFor(List.of("a", "a", "b"), "a")).isEmpty();
    assertThat(ShardBalance.toAskFor(List.of("a", "a", "b"), "b")).isEmpty();
    assertThat(ShardBalance.toAskFor(List.of("a"), "b")).isEmpty();
  }

  @Test
  void aShardThatIsNobodys_isWaitedFor() {
    assertThat(ShardBalance.toAskFor(List.of("a", "a", "a", ""), "b")).isEmpty();
  }

  /** Whatever is asked for is given: then all is even, and nobody asks any more. */
  @Test
  void anyState_comesToRest_withPartsThatDifferByOneAtMost() {
    var random = new Random(11);
    for (int play = 0; play < 500; play++) {
      int shards = 1 + random.nextInt(16);
      int processes = 1 + random.nextInt(6);
      List<String> holders = new ArrayList<>();
      for (int shard = 0; shard < shards; shard++) {
        holders.add("p" + random.nextInt(processes));
      }
      int moves = play(holders, processes);
      assertThat(moves).as("moves of %d shards", shards).isLessThanOrEqualTo(2 * shards);
      List<Integer> sizes = new ArrayList<>();
      for (int process = 0; process < processes; process++) {
        sizes.add(Collections.frequency(holders, "p" + process));
      }
      int spread = Collections.max(sizes) - Collections.min(sizes);
      assertThat(spread).as("play %d: %s", play, sizes).isLessThanOrEqualTo(1);
    }
  }

  private static int play(List<String> holders, int processes) {
    int moves = 0;
    boolean moved = true;
    while (moved) {
      moved = false;
      for (int process = 0; process < processes; process++) {
        String me = "p" + process;
        for (int shard : ShardBalance.toAskFor(holders, me)) {
          holders.set(shard, me);
          moves++;
          moved = true;
        }
      }
    }
    return moves;
  }
}
