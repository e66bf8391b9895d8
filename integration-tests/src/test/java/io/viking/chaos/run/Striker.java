package io.viking.chaos.run;

import io.viking.chaos.api.ApiFault;
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
  private final ExecutorService thaws = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Blow> blows = new ArrayList<>();

  Striker(Arena arena, InstantSource clock) {
    this.arena = arena;
    this.clock = clock;
  }

  private record Blow(Instant at, String kind, String detail) {
    boolean kills() {
      return kind.startsWith("kill");
    }

    String text() {
      return at + " " + kind + " " + detail;
    }
  }

  /** What was struck so far, by kind. */
  record Count(int kills, int freezes, int adapter, int api) {
    int all() {
      return kills + freezes + adapter + api;
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

  /** Nothing that was armed strikes any more; what is frozen thaws by itself. */
  void disarm() {
    arena.adapterProxy().disarm();
    arena.apiProxy().disarm();
  }

  private void freeze(long pid, Duration time) throws IOException, InterruptedException {
    Signals.send("STOP", pid);
    thaws.execute(
        () -> {
          try {
            Thread.sleep(time);
          } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
          }
          thaw(pid);
        });
  }

  private static void thaw(long pid) {
    try {
      // Even when interrupted: a process that stays frozen cannot be stopped.
      boolean interrupted = Thread.interrupted();
      Signals.send("CONT", pid);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void blow(String kind, String detail) {
    blows.add(new Blow(clock.instant(), kind, detail));
  }

  synchronized Count count() {
    int kills = (int) blows.stream().filter(Blow::kills).count();
    return new Count(
        kills,
        blows.size() - kills,
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
    thaws.shutdownNow();
    thaws.close();
  }
}
