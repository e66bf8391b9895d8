package io.viking.chaos.run;

import io.viking.chaos.plan.ChaosPlan;
import io.viking.chaos.plan.PlannedStrike;
import io.viking.chaos.plan.Round;
import io.viking.chaos.plan.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Carries a plan out, and checks after each act that all is as asked. */
final class Conductor {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration LIST_POLL = Duration.ofMillis(500);

  /**
   * A load balancer that an older leader's late call has changed is put right by the census, every
   * five minutes.
   */
  private static final Duration BOOKS = Duration.ofMinutes(7);

  /** What takes longer is told. */
  private static final Duration REMARKABLE = Duration.ofSeconds(30);

  private final ChaosPlan plan;
  private final Arena arena;
  private final Ledger ledger;
  private final Witness witness;
  private final Striker striker;
  private final User user;
  private final Duration patience;

  /**
   * @param patience that an act may take
   */
  Conductor(
      ChaosPlan plan,
      Arena arena,
      Ledger ledger,
      Witness witness,
      Striker striker,
      Duration patience) {
    this.plan = plan;
    this.arena = arena;
    this.ledger = ledger;
    this.witness = witness;
    this.striker = striker;
    this.user = new User(witness.clients().apiClient());
    this.patience = patience;
  }

  /**
   * All rounds, then the end of everything.
   *
   * @throws AssertionError with the plan, the history and the pods' stories, if a rule was broken
   */
  void run() throws IOException, InterruptedException {
    for (Round round : plan.rounds()) {
      String namespace = namespace(round);
      user.namespace(namespace);
      user.fronts(namespace);
      var acts = new Acts(user, round, namespace);
      play(round, "coming", acts.first(), round.first());
      play(round, "going", acts.second(ledger.pods(namespace)), round.second());
    }
    List<String> namespaces = plan.rounds().stream().map(Conductor::namespace).toList();
    for (String namespace : namespaces) {
      user.deleteNamespace(namespace);
    }
    balance("at the end, when everything was deleted", true, false);
  }

  private static String namespace(Round round) {
    return Fronts.namespace(round.number());
  }

  private void play(Round round, String name, Acts.Act act, List<PlannedStrike> strikes)
      throws IOException, InterruptedException {
    String what = "round %d, %s (%s)".formatted(round.number(), name, round.work().text());
    long begun = System.nanoTime();
    Deque<PlannedStrike> left = new ArrayDeque<>(strikes);
    strikeUpTo(0, left);
    CompletableFuture<Void> asking =
        CompletableFuture.runAsync(asking(act), Thread::startVirtualThread);
    Supplier<Collection<PodSeen>> pods = () -> ledger.pods(namespace(round));
    while (!left.isEmpty()) {
      strikeUpTo(act.goal().percent(pods.get()), left);
      check(what);
      if (System.nanoTime() - begun > patience.toNanos()) {
        throw broken(what + " does not advance", act.goal().laggards(pods.get()));
      }
      Thread.sleep(POLL);
    }
    while (!asking.isDone() || !act.goal().isReached(pods.get())) {
      check(what);
      if (asking.isCompletedExceptionally()) {
        throw broken(what + ": " + asking.exceptionNow(), List.of());
      }
      if (System.nanoTime() - begun > patience.toNanos()) {
        throw broken(what + " does not come to its end", act.goal().laggards(pods.get()));
      }
      Thread.sleep(POLL);
    }
    striker.disarm();
    balance(what, false, round.work().forces());
    System.out.printf(
        "chaos: %s: as asked after %.1f s; %s so far%n",
        what, (System.nanoTime() - begun) / 1e9, striker.count());
  }

  private static Runnable asking(Acts.Act act) {
    return () -> {
      try {
        act.asking().ask();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private void strikeUpTo(int percent, Deque<PlannedStrike> left)
      throws IOException, InterruptedException {
    while (!left.isEmpty() && left.peek().percent() <= percent) {
      striker.strike(left.pop().strike());
    }
  }

  /** Waits until both sides agree; the cloud may still be stopping what was deleted. */
  private void balance(String what, boolean empty, boolean forced) throws InterruptedException {
    long begun = System.nanoTime();
    Duration told = REMARKABLE;
    while (true) {
      Thread.sleep(LIST_POLL);
      check(what);
      List<String> differences = differences(empty, forced);
      if (differences.isEmpty()) {
        return;
      }
      Duration passed = Duration.ofNanos(System.nanoTime() - begun);
      if (passed.compareTo(told) > 0) {
        told = passed.plus(REMARKABLE);
        System.out.printf(
            "chaos: %s: after %d s still %s%n",
            what, passed.toSeconds(), differences.stream().limit(5).toList());
      }
      if (passed.compareTo(BOOKS) > 0) {
        throw broken(what + ": the books do not balance: " + differences, subjects(differences));
      }
    }
  }

  /**
   * @param forced pods may have gone while the syncer was away: then the user confirms
   */
  private List<String> differences(boolean empty, boolean forced) {
    try {
      Sight sight = witness.look();
      var differences = new ArrayList<>(sight.differences());
      if (empty) {
        differences.addAll(sight.remains());
      }
      Part syncer = arena.part(Target.SYNCER);
      int held = syncer.orphansHeld();
      if (held > 0 && forced) {
        System.out.printf("chaos: the guard holds %d forced deletions: confirmed%n", held);
        syncer.collectOrphans();
      }
      if (held > 0) {
        differences.add("-: the orphan guard holds " + held);
      }
      return differences;
    } catch (RuntimeException | IOException outOfReach) {
      return List.of("-: " + outOfReach);
    }
  }

  private void check(String what) {
    List<String> breaches = ledger.breaches();
    if (!breaches.isEmpty()) {
      throw broken(what + ": " + String.join("; ", breaches), subjects(breaches));
    }
  }

  /** Of lines that begin with a UID or a name. */
  private static List<String> subjects(List<String> lines) {
    return lines.stream().map(line -> line.substring(0, line.indexOf(':'))).toList();
  }

  private AssertionError broken(String what, Collection<?> subjects) {
    String stories =
        subjects.stream()
            .map(subject -> subject instanceof PodSeen pod ? pod.uid() : subject.toString())
            .distinct()
            .limit(5)
            .map(uid -> "\n" + uid + "\n" + ledger.story(uid))
            .collect(Collectors.joining("\n"));
    return new AssertionError(
        "%s\n\n%s\nWhat was done:\n%s\n\nStories of the first of %d pods:\n%s\n\nLogs are in %s"
            .formatted(
                what,
                plan.text(),
                String.join("\n", striker.history()),
                subjects.size(),
                stories,
                arena.logs()));
  }
}
