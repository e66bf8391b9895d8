package io.viking.kube.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.viking.kube.election.ElectionConfig;
import io.viking.kube.election.Fence;
import io.viking.kube.election.LeaseApi;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShardElectionTest {
  private static final Duration LIFE = Duration.ofSeconds(2);
  private static final int SHARDS = 6;

  private final LeaseApi api = new LeaseApi();
  private final List<Worker> workers = new ArrayList<>();

  private record Work(Share share, Fence fence) {}

  /** Works on what it is given. */
  private final class Worker implements ShardCandidate {
    final ShardElection election;
    volatile Optional<Work> work = Optional.empty();
    volatile boolean breaks;

    Worker(String name) {
      this.election =
          new ShardElection(
              new ElectionConfig("viking-test", name, LIFE),
              SHARDS,
              api,
              System::nanoTime,
              Clock.systemUTC(),
              new Random(name.hashCode()),
              this);
      workers.add(this);
    }

    Worker start() {
      election.start();
      return this;
    }

    @Override
    public void assigned(Share share, Fence fence) {
      if (breaks) {
        throw new IllegalStateException("the port is taken");
      }
      work = Optional.of(new Work(share, fence));
    }

    @Override
    public void withdrawn() {
      work = Optional.empty();
    }

    /** The shards on which it could write at this moment. */
    Set<Integer> shards() {
      return work.filter(one -> one.fence().isOpen())
          .map(one -> one.share().held())
          .orElse(Set.of());
    }
  }

  @AfterEach
  void closeAll() {
    workers.forEach(worker -> worker.election.close());
  }

  /** Whether each shard is worked on; never by two. */
  private boolean areAllServed() {
    List<Integer> all = workers.stream().flatMap(worker -> worker.shards().stream()).toList();
    assertThat(all).as("shards on which somebody could write").doesNotHaveDuplicates();
    return all.size() == SHARDS;
  }

  @Test
  void one_hasAllShards() {
    Worker only = new Worker("one").start();
    await().until(() -> only.shards().size() == SHARDS);
    assertThat(only.work.orElseThrow().share().hasFirst()).isTrue();
    assertThat(only.election.standings()).allSatisfy(one -> assertThat(one.leads()).isTrue());
  }

  @Test
  void newcomers_getTheirParts_andTheDepartedsGoToTheOthers() {
    Worker one = new Worker("one").start();
    await().until(this::areAllServed);
    Worker two = new Worker("two").start();
    await().until(() -> areAllServed() && two.shards().size() == 3);
    assertThat(one.shards()).hasSize(3).contains(0);
    Worker three = new Worker("three").start();
    await().until(() -> areAllServed() && three.shards().size() == 2);
    await().until(() -> areAllServed() && one.shards().size() == 2 && two.shards().size() == 2);

    one.election.close();

    assertThat(one.work).as("work of one that was closed").isEmpty();
    await().until(this::areAllServed);
    assertThat(two.shards()).hasSize(3);
    assertThat(three.shards()).hasSize(3);
  }

  @Test
  void fence_isClosedWhenAnyShardIsLost_andAllAreTakenUpAgain() {
    Worker one = new Worker("one").start();
    await().until(() -> one.shards().size() == SHARDS);
    Fence first = one.work.orElseThrow().fence();

    api.away(true);

    await().until(() -> !first.isOpen());
    await().until(() -> one.work.isEmpty());
    api.away(false);
    await().until(() -> one.shards().size() == SHARDS);
    assertThat(first.isOpen()).as("the fence of the lost assignment").isFalse();
  }

  @Test
  void workThatCannotBegin_isTriedAgain() {
    var one = new Worker("one");
    one.breaks = true;
    one.start();
    await("the leases are its").until(() -> holders().equals(Set.of("one")));
    one.breaks = false;
    await().until(() -> one.shards().size() == SHARDS);
  }

  private Set<String> holders() {
    return IntStream.range(0, SHARDS)
        .mapToObj(shard -> api.holder(ShardLeases.name("viking-test", shard, SHARDS)))
        .collect(Collectors.toSet());
  }
}
