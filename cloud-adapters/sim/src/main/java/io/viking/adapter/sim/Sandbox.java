package io.viking.adapter.sim;

import io.viking.adapter.sim.core.InstanceFacts;
import io.viking.adapter.sim.core.InstanceFacts.ContainerFacts;
import io.viking.adapter.sim.core.SimCloud;
import io.viking.adapter.sim.files.FileStatus;
import io.viking.adapter.sim.files.FileTree;
import io.viking.adapter.sim.files.Room;
import io.viking.adapter.sim.files.Volumes;
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
  private final InstanceFacts instance;
  private final InstantSource clock;
  private final Room room;
  private final Surroundings surroundings;
  private final Volumes volumes;
  private final Map<String, Run> runs = new HashMap<>();

  /** One start of a container. */
  private record Run(int number, Container container, Room room, Set<Signals> visitors) {}

  Sandbox(InstanceFacts instance, SimCloud now, InstantSource clock, Room room) {
    this.instance = instance;
    this.clock = clock;
    this.room = room;
    this.surroundings = Surroundings.of(instance, now);
    this.volumes = new Volumes(clock, room);
    refill(instance, now);
  }

  /** The volumes that come as files hold what the instance's facts say. */
  void refill(InstanceFacts facts, SimCloud now) {
    volumes.replace(Surroundings.files(facts.files(), now));
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

  synchronized Visit enter(ContainerFacts facts, int number, SimCloud now, Signals signals) {
    Run known = runs.get(facts.order().getName());
    Run run = known != null && known.number() == number ? known : begin(facts, number, now);
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

  private Run begin(ContainerFacts facts, int number, SimCloud now) {
    String name = facts.order().getName();
    Run before = runs.get(name);
    if (before != null) {
      end(before);
    }
    Room own = room.part(Long.MAX_VALUE);
    FileTree files =
        volumes.container(
            surroundings.hostname(),
            instance.address(),
            own,
            surroundings.mounts(name),
            Surroundings.files(facts.files(), now));
    String directory = surroundings.workingDirectory(name);
    Container container =
        new Container(
            surroundings.hostname(),
            surroundings.environment(name),
            files.status(directory).filter(FileStatus::directory).isPresent() ? directory : "/",
            files,
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
