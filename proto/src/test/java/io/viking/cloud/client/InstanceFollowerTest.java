package io.viking.cloud.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InstanceFollowerTest {
  private static final FollowTiming TIMING =
      new FollowTiming(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofHours(1),
          Duration.ofMillis(1),
          Duration.ofMillis(20),
          Duration.ofSeconds(10));

  private final FakeInstances cloud = new FakeInstances();
  private final String name = InProcessServerBuilder.generateName();
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicBoolean throwOnce = new AtomicBoolean();
  private Server server;
  private ManagedChannel channel;
  private InstanceFollower follower;

  @BeforeEach
  void serve() throws IOException {
    server = InProcessServerBuilder.forName(name).addService(cloud).build().start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  @AfterEach
  void close() {
    follower.close();
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void start_listsEveryPageThenWatchesFromTheListsRevision() {
    List.of("a", "b", "c", "d", "e").forEach(cloud::changeSilently);
    follow();
    assertThat(told).containsExactly("listed [a, b, c, d, e]");
    assertThat(cloud.pageTokens).containsExactly("", "2", "4");
    assertThat(cloud.watchedFrom).containsExactly(15L);
  }

  @Test
  void pageThatFails_isAskedForAgain_andTheListGoesOn() {
    List.of("a", "b", "c", "d", "e").forEach(cloud::changeSilently);
    cloud.troubles.put("2", FakeWatch.unavailable());
    follow();
    assertThat(told).containsExactly("listed [a, b, c, d, e]");
    assertThat(cloud.pageTokens).containsExactly("", "2", "2", "4");
  }

  @Test
  void watch_tellsChangesAndDeletesInOrder() {
    follow();
    cloud.change("a");
    cloud.change("a");
    cloud.delete("a");
    awaitTold("listed []", "changed a", "changed a", "deleted a");
  }

  @Test
  void watch_breaks_isResumedAtTheLastRevisionWithoutAList() {
    follow();
    cloud.change("a");
    awaitTold("listed []", "changed a");
    cloud.watches.fail(FakeWatch.unavailable());
    await().until(() -> cloud.watchedFrom.equals(List.of(10L, 11L)));
    await().until(() -> cloud.watches.size() == 1);
    cloud.change("b");
    awaitTold("listed []", "changed a", "changed b");
    assertThat(cloud.pageTokens).hasSize(1);
  }

  @Test
  void watch_isEndedByTheAdapter_isResumed() {
    follow();
    cloud.watches.end();
    await().until(() -> cloud.watchedFrom.equals(List.of(10L, 10L)));
    assertThat(cloud.pageTokens).hasSize(1);
  }

  @Test
  void watch_revisionTooOld_listsAgain() {
    cloud.changeSilently("a");
    follow();
    cloud.deleteSilently("a");
    cloud.changeSilently("b");
    cloud.nextWatches.add(FakeWatch.failure(ErrorReason.ERROR_REASON_REVISION_TOO_OLD));
    cloud.watches.fail(FakeWatch.unavailable());
    awaitTold("listed [a]", "listed [b]");
    await().until(() -> cloud.watches.size() == 1);
    assertThat(cloud.watchedFrom).containsExactly(11L, 11L, 13L);
  }

  @Test
  void watch_failsForAnUnknownReason_listsAgain() {
    follow();
    cloud.watches.fail(FakeWatch.failure(ErrorReason.ERROR_REASON_INTERNAL));
    awaitTold("listed []", "listed []");
  }

  @Test
  void adapter_outOfReach_isToldOnceAndListedWhenItIsBack() {
    follow();
    for (int i = 0; i < 5; i++) {
      cloud.nextWatches.add(FakeWatch.unavailable());
      cloud.nextLists.add(FakeWatch.unavailable());
    }
    cloud.watches.fail(FakeWatch.unavailable());
    await().until(() -> cloud.nextLists.isEmpty());
    await().until(() -> told.getLast().equals("listed []") && told.size() > 2);
    assertThat(told.stream().limit(3))
        .containsExactly("listed []", "interrupted UNAVAILABLE: the line is cut", "listed []");
  }

  @Test
  void watch_withoutAFirstAnswer_countsAsBroken() {
    cloud.mute = true;
    var impatient =
        new FollowTiming(
            Duration.ofSeconds(5),
            Duration.ofMillis(20),
            Duration.ofHours(1),
            Duration.ofMillis(1),
            Duration.ofMillis(20),
            Duration.ofSeconds(10));
    start(impatient);
    await().until(() -> told.stream().anyMatch(line -> line.startsWith("interrupted UNAVAILABLE")));
    cloud.mute = false;
    await().until(() -> told.getLast().equals("listed []"));
  }

  @Test
  void watch_isRenewedWhileItIsWell_withoutAGap() {
    var shortLived =
        new FollowTiming(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            Duration.ofMillis(30),
            Duration.ofMillis(1),
            Duration.ofMillis(20),
            Duration.ofSeconds(10));
    start(shortLived);
    await().until(() -> cloud.watchedFrom.size() >= 3);
    assertThat(told).containsExactly("listed []");
    assertThat(cloud.pageTokens).hasSize(1);
  }

  @Test
  void watch_tellsAgainWhatWasListed_isNotToldTwice() {
    cloud.changeSilently("a");
    cloud.changeSilently("a");
    follow();
    cloud.send(InstanceEvent.Kind.CHANGED, FakeInstances.instance("a", 11));
    cloud.send(InstanceEvent.Kind.DELETED, FakeInstances.instance("a", 11));
    cloud.send(InstanceEvent.Kind.CHANGED, FakeInstances.instance("a", 12));
    cloud.change("a");
    awaitTold("listed [a]", "changed a");
  }

  @Test
  void listener_throws_isGivenTheListAgain() {
    follow();
    throwOnce.set(true);
    cloud.change("a");
    awaitTold("listed []", "listed [a]");
  }

  @Test
  void close_cancelsTheWatch() {
    follow();
    follower.close();
    await().until(() -> cloud.watches.size() == 0);
    cloud.change("a");
    assertThat(told).containsExactly("listed []");
  }

  private void follow() {
    start(TIMING);
    await().until(() -> cloud.watches.size() == 1);
  }

  private void start(FollowTiming timing) {
    follower =
        new InstanceFollower(
            channel, "cluster", new Recording(), timing, InstantSource.system(), new Random(1));
    follower.start();
  }

  private void awaitTold(String... lines) {
    await().untilAsserted(() -> assertThat(told).containsExactly(lines));
  }

  private final class Recording implements InstanceFollower.Listener {
    @Override
    public void listed(List<Instance> instances) {
      told.add("listed " + instances.stream().map(Instance::getUid).toList());
    }

    @Override
    public void changed(Instance instance) {
      if (throwOnce.getAndSet(false)) {
        throw new IllegalStateException("a defect");
      }
      told.add("changed " + instance.getUid());
    }

    @Override
    public void deleted(Instance instance) {
      told.add("deleted " + instance.getUid());
    }

    @Override
    public void interrupted(RuntimeException cause) {
      told.add("interrupted " + CloudFailures.from(cause));
    }
  }
}
