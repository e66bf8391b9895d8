package io.viking.kube.election;

import io.kubernetes.client.openapi.models.V1Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Candidates and one Lease in virtual time. Requests and answers take their time or are lost,
 * processes stand still and die, clocks begin anywhere and run at paces of their own; after every
 * event it is checked who believes what.
 */
final class SimulatedElection {
  private static final Duration LIFE = ElectionConfig.DEFAULT_LIFE;

  private final PriorityQueue<Event> agenda =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
  private final List<Process> processes = new ArrayList<>();
  final SimulatedLease lease = new SimulatedLease();
  final Random random;
  private long now;
  private long numbers;
  private int born;

  /** The share of requests, and of answers, that are lost. */
  double loss;

  /** The longest that a request, or an answer, is under way. */
  Duration longestDelay = Duration.ofMillis(20);

  /** How far clocks' paces are from 1, at most. */
  double skew;

  /** Terms that began. */
  int terms;

  private record Event(long at, long number, Runnable run) {}

  SimulatedElection(long seed) {
    this.random = new Random(seed);
  }

  /** A candidate with its clock. What comes while it stands still is heard when it goes on. */
  final class Process {
    final String name;
    private final long clockZero = random.nextLong(1L << 40);
    private final double pace = 1 + skew * (2 * random.nextDouble() - 1);
    private final long bornAt = now;
    private final ElectionCore core;
    private Optional<Tenure> tenure = Optional.empty();
    private long stoppedUntil;
    private boolean dead;

    /** A call or a wait is under way; answers to earlier ones are not heard any more. */
    private long call;

    private Process(String name) {
      this.name = name;
      var config = new ElectionConfig("viking-test", name, LIFE);
      this.core = new ElectionCore(config, new Random(random.nextLong()), clock());
      step();
    }

    long clock() {
      return clockZero + (long) ((now - bornAt) * pace);
    }

    boolean leads() {
      return !dead && core.leads(clock());
    }

    /** Whether a call that changes something would be made now, were it not standing still. */
    boolean wouldWrite() {
      return !dead && tenure.filter(Tenure::isOpen).isPresent();
    }

    void stop(Duration time) {
      stoppedUntil = Math.max(stoppedUntil, now + time.toNanos());
    }

    void kill() {
      dead = true;
    }

    /** An orderly end: gives the lease up. */
    void leave() {
      boolean led = leads();
      core.resign(clock());
      tenure.ifPresent(Tenure::end);
      if (led) {
        core.seen().ifPresent(seen -> lease.replace(seen.heldBy("", LIFE, wallClock())));
      }
      kill();
    }

    /** The process' own wall clock, which is wrong. */
    private Instant wallClock() {
      return Instant.ofEpochSecond(clockZero >> 20, clock());
    }

    private void step() {
      long own = ++call;
      long begun = clock();
      switch (core.next(begun)) {
        case ElectionAct.Wait(long until) ->
            at(now + Math.max(1, (long) ((until - begun) / pace)), () -> awake(own));
        case ElectionAct.Look() -> send(own, lease::read, answer -> core.looked(answer, clock()));
        case ElectionAct.Create() -> {
          V1Lease wanted = LeaseRecord.absent("viking-test", LIFE).heldBy(name, LIFE, wallClock());
          send(own, () -> lease.create(wanted), answer -> written(answer, begun));
        }
        case ElectionAct.Hold(LeaseRecord base) -> {
          V1Lease wanted = base.heldBy(name, LIFE, wallClock());
          send(own, () -> lease.replace(wanted), answer -> written(answer, begun));
        }
      }
    }

    private void written(Optional<LeaseRecord> answer, long begun) {
      answer.ifPresentOrElse(
          record -> {
            core.held(record, begun, clock());
            tenure.ifPresent(present -> present.renewed(begun));
          },
          () -> core.failed(clock()));
    }

    private void send(
        long own,
        java.util.function.Supplier<Optional<LeaseRecord>> server,
        Consumer<Optional<LeaseRecord>> heard) {
      long arrives = now + delay();
      boolean requestLost = random.nextDouble() < loss;
      boolean answerLost = random.nextDouble() < loss;
      if (!requestLost) {
        at(
            arrives,
            () -> {
              Optional<LeaseRecord> answer = server.get();
              if (!answerLost) {
                at(now + delay(), () -> resume(own, () -> heard.accept(answer)));
              }
            });
      }
      long deadline = now + (long) (LIFE.dividedBy(3).toNanos() / pace);
      at(deadline, () -> resume(own, () -> core.failed(clock())));
    }

    private void awake(long own) {
      resume(own, () -> {});
    }

    /** Goes on with that call or wait, now or when it no longer stands still. */
    private void resume(long own, Runnable with) {
      if (dead || own != call) {
        return;
      }
      if (now < stoppedUntil) {
        at(stoppedUntil, () -> resume(own, with));
        return;
      }
      with.run();
      follow();
      step();
    }

    /** As the elector does it, with a candidate that stops at once. */
    private void follow() {
      boolean leads = core.leads(clock());
      if (leads && tenure.isEmpty()) {
        tenure = Optional.of(new Tenure(LIFE, core.renewedAt(), this::clock));
        terms++;
      } else if (!leads) {
        tenure.ifPresent(Tenure::end);
        tenure = Optional.empty();
      }
    }
  }

  Process join() {
    var process = new Process("candidate-" + ++born);
    processes.add(process);
    return process;
  }

  void at(long when, Runnable run) {
    agenda.add(new Event(Math.max(when, now), ++numbers, run));
  }

  long now() {
    return now;
  }

  List<Process> living() {
    return processes.stream().filter(process -> !process.dead).toList();
  }

  /** Who may write at this moment. */
  List<String> writers() {
    return processes.stream().filter(Process::wouldWrite).map(p -> p.name).toList();
  }

  List<String> leaders() {
    return processes.stream().filter(Process::leads).map(p -> p.name).toList();
  }

  /** Plays until then; {@code check} after every event. */
  void run(Duration time, Runnable check) {
    long end = now + time.toNanos();
    while (!agenda.isEmpty() && agenda.peek().at() <= end) {
      Event event = agenda.poll();
      now = event.at();
      event.run().run();
      check.run();
    }
    now = end;
  }

  private long delay() {
    return random.nextLong(longestDelay.toNanos() + 1);
  }
}
