package io.viking.chaos.run;

import io.viking.chaos.api.ApiFault;
import io.viking.chaos.plan.Disk;
import io.viking.chaos.plan.Strike;
import io.viking.chaos.plan.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Strikes, and keeps the list of what has really happened. */
final class Striker implements AutoCloseable {
  private final Arena arena;
  private final InstantSource clock;
  private final ExecutorService undoings = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Blow> blows = new ArrayList<>();

  Striker(Arena arena, InstantSource clock) {
    this.arena = arena;
    this.clock = clock;
  }

  private record Blow(Instant at, String kind, String detail) {
    boolean is(String word) {
      return kind.startsWith(word);
    }

    String text() {
      return at + " " + kind + " " + detail;
    }
  }

  /**
   * What was struck so far.
   *
   * @param others restarts, rollouts, clocks, disks and connections
   */
  record Count(int kills, int freezes, int others, int adapter, int api) {
    int all() {
      return kills + freezes + others + adapter + api;
    }
  }

  void strike(Strike strike) throws IOException, InterruptedException {
    switch (strike) {
      case Strike.Kill(Target target) -> {
        Optional<Long> pid = arena.pid(target);
        if (pid.isPresent()) {
          Signals.send("KILL", pid.get());
          blow("kill -9 " + target.process(), "");
        }
      }
      case Strike.Freeze(Target target, Duration time) -> {
        Optional<Long> pid = arena.pid(target);
        if (pid.isPresent()) {
          freeze(pid.get(), time);
          blow("freeze " + target.process(), time.toString());
        }
      }
      case Strike.Restart(Target target) -> {
        Optional<Long> pid = arena.pid(target);
        if (pid.isPresent()) {
          Signals.send("TERM", pid.get());
          blow("restart " + target.process(), "");
        }
      }
      case Strike.Rollout(int shards) -> {
        if (arena.rollOutSyncers(shards)) {
          blow("rollout of the syncers", "shards: " + shards);
        }
      }
      case Strike.Skew(Target target, Duration by) -> {
        arena.part(target).skew(by);
        blow("clock of " + target.process(), by.toString());
      }
      case Strike.FullDisk(Disk disk, Duration time) -> {
        Optional<SmallDisk> small = arena.disk(disk);
        if (small.isPresent()) {
          small.get().fill();
          later(time, () -> small.get().empty());
          blow(disk.text() + " full", time.toString());
        }
      }
      case Strike.ApiSlow(Duration by, Duration time) ->
          arena.apiProxy().slowDown(new ApiFault.Slow(by), time);
      case Strike.CutWires(int afterBytes) -> {
        if (arena.scissors().cut(afterBytes) > 0) {
          blow("adapter's connections cut", afterBytes + " bytes later");
        }
      }
      case Strike.AdapterCalls(var method, var fault, var times) ->
          arena.adapterProxy().arm(method, fault, times);
      case Strike.AdapterStreams(var method, var fault) -> {
        int unused = arena.adapterProxy().strikeStreams(method, fault);
      }
      case Strike.ApiCalls(var verb, var resource, var fault, var times) ->
          arena.apiProxy().arm(call -> call.is(verb, resource), fault, times);
      case Strike.ApiWatches(var resource, var fault) -> {
        int unused = arena.apiProxy().strikeWatches(resource, fault);
      }
    }
  }

  /** Nothing that was armed strikes any more; what is frozen undoings by itself. */
  void disarm() {
    arena.adapterProxy().disarm();
    arena.apiProxy().disarm();
  }

  private void freeze(long pid, Duration time) throws IOException, InterruptedException {
    Signals.send("STOP", pid);
    later(time, () -> Signals.send("CONT", pid));
  }

  @FunctionalInterface
  private interface Undoing {
    void undo() throws IOException, InterruptedException;
  }

  /** Also when interrupted: a process that stays frozen cannot be stopped. */
  private void later(Duration time, Undoing undoing) {
    undoings.execute(
        () -> {
          boolean interrupted = false;
          try {
            Thread.sleep(time);
          } catch (InterruptedException closing) {
            interrupted = true;
          }
          try {
            undoing.undo();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          } catch (InterruptedException again) {
            interrupted = true;
          }
          if (interrupted) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private synchronized void blow(String kind, String detail) {
    blows.add(new Blow(clock.instant(), kind, detail));
  }

  synchronized Count count() {
    int kills = (int) blows.stream().filter(blow -> blow.is("kill")).count();
    int freezes = (int) blows.stream().filter(blow -> blow.is("freeze")).count();
    return new Count(
        kills,
        freezes,
        blows.size() - kills - freezes,
        arena.adapterProxy().struck().size(),
        arena.apiProxy().struck().size());
  }

  /** All that happened, in the order of time. */
  List<String> history() {
    return all().stream().sorted(Comparator.comparing(Blow::at)).map(Blow::text).toList();
  }

  /** How often what happened, in words that a table can have. */
  SortedMap<String, Long> byKind() {
    return all().stream()
        .collect(Collectors.groupingBy(Blow::kind, TreeMap::new, Collectors.counting()));
  }

  private synchronized List<Blow> all() {
    var all = new ArrayList<>(blows);
    for (var struck : arena.adapterProxy().struck()) {
      String kind = struck.call().method() + " " + struck.fault().getClass().getSimpleName();
      all.add(new Blow(struck.at(), kind, struck.fault().toString()));
    }
    for (var struck : arena.apiProxy().struck()) {
      String fault =
          struck.fault() instanceof ApiFault.Refused(int code, int retryAfter)
              ? Integer.toString(code)
              : struck.fault().getClass().getSimpleName();
      String kind = struck.call().verb() + " " + struck.call().resource() + " " + fault;
      all.add(new Blow(struck.at(), kind, struck.call().object()));
    }
    return all;
  }

  @Override
  public void close() {
    undoings.shutdownNow();
    undoings.close();
  }
}
