package io.viking.adapter.sim;

import io.viking.adapter.sim.core.InstanceFacts;
import io.viking.adapter.sim.core.InstanceFacts.ContainerFacts;
import io.viking.adapter.sim.files.ContainerFiles;
import io.viking.adapter.sim.files.Room;
import io.viking.adapter.sim.shell.command.Container;
import io.viking.adapter.sim.shell.io.Signals;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The inside of one instance: the files of its containers, and who is in them. Any thread. */
final class Sandbox implements AutoCloseable {
  private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final InstanceFacts instance;
  private final InstantSource clock;
  private final Room room;
  private final Map<String, Run> runs = new HashMap<>();

  /** One start of a container. */
  private record Run(int number, Container container, Room room, Set<Signals> visitors) {}

  Sandbox(InstanceFacts instance, InstantSource clock, Room room) {
    this.instance = instance;
    this.clock = clock;
    this.room = room;
  }

  boolean belongsTo(InstanceFacts other) {
    return instance.id().equals(other.id());
  }

  synchronized int visits() {
    return runs.values().stream().mapToInt(run -> run.visitors().size()).sum();
  }

  /** Somebody is in a container, until it is closed. */
  interface Visit extends AutoCloseable {
    Container container();

    @Override
    void close();
  }

  synchronized Visit enter(String name, int number, Signals signals) {
    Run known = runs.get(name);
    Run run = known != null && known.number() == number ? known : begin(name, number);
    run.visitors().add(signals);
    return new Visit() {
      @Override
      public Container container() {
        return run.container();
      }

      @Override
      public void close() {
        leave(run, signals);
      }
    };
  }

  /** Ends the visits of containers that have ended; all of them if the instance has gone. */
  synchronized void update(Optional<InstanceFacts> now, long at) {
    runs.entrySet()
        .removeIf(
            entry -> {
              boolean goesOn =
                  now.flatMap(facts -> facts.container(entry.getKey()))
                      .filter(facts -> facts.running(at))
                      .flatMap(ContainerFacts::current)
                      .filter(run -> run.number() == entry.getValue().number())
                      .isPresent();
              if (!goesOn) {
                end(entry.getValue());
              }
              return !goesOn;
            });
  }

  @Override
  public synchronized void close() {
    runs.values().forEach(Sandbox::end);
    runs.clear();
    room.close();
  }

  private synchronized void leave(Run run, Signals signals) {
    run.visitors().remove(signals);
  }

  private Run begin(String name, int number) {
    Run before = runs.get(name);
    if (before != null) {
      end(before);
    }
    Room own = room.part(Long.MAX_VALUE);
    Container container =
        new Container(
            instance.name(),
            Map.of("PATH", PATH, "HOSTNAME", instance.name(), "HOME", "/root"),
            "/",
            ContainerFiles.of(instance.name(), clock, own),
            clock);
    Run run = new Run(number, container, own, new HashSet<>());
    runs.put(name, run);
    return run;
  }

  private static void end(Run run) {
    run.visitors().forEach(Signals::kill);
    run.room().close();
  }
}
