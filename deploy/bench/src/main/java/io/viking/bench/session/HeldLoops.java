package io.viking.bench.session;

import io.viking.bench.apiserver.ServerMetrics;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.pause.PauseHold;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Viking's loops held still for as long as this is open. When it is closed they have begun to watch
 * again.
 */
public final class HeldLoops implements AutoCloseable {
  private static final Set<String> ROLES = Set.of("scheduler", "syncer");
  private static final Duration HELD_WITHIN = Duration.ofSeconds(15);
  private static final Duration BACK_WITHIN = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(500);

  private final BenchSession session;
  private final Optional<PauseHold> hold;
  private final Optional<String> notPaused;
  private final int watchesBefore;

  private HeldLoops(
      BenchSession session,
      Optional<PauseHold> hold,
      Optional<String> notPaused,
      int watchesBefore) {
    this.session = session;
    this.hold = hold;
    this.notPaused = notPaused;
    this.watchesBefore = watchesBefore;
  }

  /**
   * Asks them to hold still, and waits until they do.
   *
   * @throws BenchFailure somebody else holds them still
   */
  public static HeldLoops hold(BenchSession session) throws InterruptedException {
    session.progress().step("holding Viking's loops still");
    int watches = session.meter().server().map(ServerMetrics::podWatches).orElse(0);
    String holder = "viking bench (pid %d)".formatted(ProcessHandle.current().pid());
    PauseHold hold;
    try {
      hold = PauseHold.acquire(session.api(), holder, session.clock());
    } catch (IllegalStateException another) {
      throw new BenchFailure(String.valueOf(another.getMessage()), another);
    } catch (KubeApiException refused) {
      return new HeldLoops(
          session,
          Optional.empty(),
          Optional.of("the pause could not be asked for: " + refused.getMessage()),
          watches);
    }
    try {
      Set<String> running = hold.awaitPaused(ROLES, HELD_WITHIN);
      return new HeldLoops(
          session,
          Optional.of(hold),
          running.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  "nobody acknowledged the pause for " + String.join(" and ", sorted(running))),
          watches);
    } catch (InterruptedException | RuntimeException e) {
      hold.close();
      throw e;
    }
  }

  /** Why loops go on all the same; empty: they hold still. */
  public Optional<String> notPaused() {
    return notPaused;
  }

  @Override
  public void close() {
    // An interrupted thread makes no calls, and the loops would hold still for longer than needed.
    boolean interrupted = Thread.interrupted();
    hold.ifPresent(PauseHold::close);
    if (interrupted) {
      Thread.currentThread().interrupt();
    } else if (notPaused.isEmpty()) {
      awaitWatches();
    }
  }

  /** A storm that began while they still list would be slowed down by the pause. */
  private void awaitWatches() {
    long until = System.nanoTime() + BACK_WITHIN.toNanos();
    try {
      while (System.nanoTime() - until < 0
          && session.meter().server().filter(now -> now.podWatches() < watchesBefore).isPresent()) {
        Thread.sleep(POLL);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static Iterable<String> sorted(Set<String> words) {
    return words.stream().sorted().toList();
  }
}
