package io.viking.kube.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.viking.kube.election.Candidate;
import io.viking.kube.election.ElectionConfig;
import io.viking.kube.election.Elector;
import io.viking.kube.election.Fence;
import io.viking.kube.election.LeaseApi;
import io.viking.kube.election.Tenure;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShardElectionTest {
  private static final Duration LIFE = Duration.ofSeconds(2);
  private static final int SHARDS = 6;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final LeaseApi api = new LeaseApi();
  private final List<Worker> workers = new ArrayList<>();

  private record Work(Share share, Fence fence) {}

  /** Works on what it is given. */
  private final class Worker implements ShardCandidate {
    final ShardElection election;
    volatile Optional<Work> work = Optional.empty();
    volatile boolean breaks;
    final AtomicInteger tries = new AtomicInteger();

    Worker(String name) {
      this(name, SHARDS);
    }

    Worker(String name, int shards) {
      this.election =
          new ShardElection(
              new ElectionConfig("viking-test", name, LIFE),
              shards,
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
      tries.incrementAndGet();
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
    patiently().until(() -> only.shards().size() == SHARDS);
    assertThat(only.work.orElseThrow().share().hasFirst()).isTrue();
    assertThat(only.election.standings()).allSatisfy(one -> assertThat(one.leads()).isTrue());
  }

  @Test
  void newcomers_getTheirParts_andTheDepartedsGoToTheOthers() {
    Worker one = new Worker("one").start();
    patiently().until(this::areAllServed);
    Worker two = new Worker("two").start();
    patiently().until(() -> areAllServed() && one.shards().size() == 3);
    patiently().until(() -> one.shards().contains(0));
    Worker three = new Worker("three").start();
    patiently()
        .until(
            () ->
                areAllServed()
                    && one.shards().size() == 2
                    && two.shards().size() == 2
                    && three.shards().size() == 2);

    one.election.close();

    assertThat(one.work).as("work of one that was closed").isEmpty();
    patiently()
        .until(() -> areAllServed() && two.shards().size() == 3 && three.shards().size() == 3);
  }

  @Test
  void fence_isClosedWhenAnyShardIsLost_andAllAreTakenUpAgain() {
    Worker one = new Worker("one").start();
    patiently().until(() -> one.shards().size() == SHARDS);
    Fence first = one.work.orElseThrow().fence();

    api.away(true);

    patiently().until(() -> !first.isOpen());
    patiently().until(() -> one.work.isEmpty());
    api.away(false);
    patiently().until(() -> one.shards().size() == SHARDS);
    assertThat(first.isOpen()).as("the fence of the lost assignment").isFalse();
  }

  @Test
  void whoCannotBegin_leavesTheShardsToOthers() {
    var sick = new Worker("sick");
    sick.breaks = true;
    sick.start();
    patiently().until(() -> sick.tries.get() > 0);
    Worker sound = new Worker("sound").start();
    patiently().until(() -> sound.shards().size() == SHARDS);
    assertThat(sick.work).isEmpty();
  }

  @Test
  void whileOthersDivideTheWorkOtherwise_nothingIsBegun_andNothingTaken() {
    Worker one = new Worker("one").start();
    patiently().until(() -> one.shards().size() == SHARDS);
    Worker other = new Worker("other", 2).start();
    await("longer than a life")
        .during(LIFE.plusMillis(500))
        .atMost(PATIENCE)
        .until(() -> other.tries.get() == 0 && one.shards().size() == SHARDS);
    assertThat(api.holder(ShardLeases.name("viking-test", 0, 2))).isEmpty();
    assertThat(other.election.others()).hasValue("one");

    one.election.close();

    patiently().until(() -> other.shards().size() == 2);
    assertThat(other.election.others()).isEmpty();
  }

  @Test
  void rolloutFromSixToOne_andBack_isNeverTheWorkOfBoth() {
    Worker six = new Worker("six").start();
    patiently().until(() -> six.shards().size() == SHARDS);
    Worker whole = new Worker("whole", 1).start();
    patiently().until(() -> whole.election.others().isPresent());
    await("longer than a life")
        .during(LIFE.plusMillis(500))
        .until(() -> whole.tries.get() == 0 && six.shards().size() == SHARDS);
    assertThat(api.holder("viking-test")).isEmpty();

    six.election.close();

    patiently().until(() -> whole.shards().equals(Set.of(0)));
    Worker again = new Worker("again").start();
    patiently().until(() -> again.election.others().isPresent());
    await("longer than a life")
        .during(LIFE.plusMillis(500))
        .until(() -> again.tries.get() == 0 && whole.shards().size() == 1);

    whole.election.close();

    patiently().until(() -> again.shards().size() == SHARDS);
  }

  @Test
  void workIsGivenUp_whileSomebodyDoesItDividedOtherwise_whoNeverAsked() {
    Worker one = new Worker("one").start();
    patiently().until(() -> one.shards().size() == SHARDS);
    Candidate idle =
        new Candidate() {
          @Override
          public void elected(Tenure tenure) {}

          @Override
          public void dismissed() {}
        };
    var stranger =
        new Elector(
            new ElectionConfig(ShardLeases.name("viking-test", 0, 2), "stranger", LIFE),
            api,
            System::nanoTime,
            Clock.systemUTC(),
            new Random(1),
            idle);
    try (stranger) {
      stranger.start();
      patiently().until(() -> one.shards().isEmpty());
      await("longer than a life").during(LIFE.plusMillis(500)).until(() -> one.work.isEmpty());
    }
    patiently().until(() -> one.shards().size() == SHARDS);
  }

  private static ConditionFactory patiently() {
    return await().atMost(PATIENCE);
  }
}
