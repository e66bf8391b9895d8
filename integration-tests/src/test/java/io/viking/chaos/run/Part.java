package io.viking.chaos.run;

import io.viking.chaos.plan.Target;
import io.viking.controlplane.data.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of ours as it runs: one process, or several of which one leads, or some of which each
 * leads some shards. For one thread.
 */
final class Part implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  /** One that comes while the API server is away is not ready before that is back. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Target target;
  private final Path directory;
  private final DataDirectory data;
  private final List<String> arguments;
  private final List<Member> members = new ArrayList<>();
  private int struck;

  /**
   * @param directory for what its processes need
   * @param data where their logs are
   * @param arguments of all of them
   */
  Part(Target target, Path directory, DataDirectory data, List<String> arguments) {
    this.target = target;
    this.directory = directory;
    this.data = data;
    this.arguments = arguments;
  }

  /**
   * One process.
   *
   * @param serverFile where it says how it can be asked
   * @param skew how far off its clock is, while there is such a file
   */
  private record Member(Child child, Path serverFile, Path skew) {}

  /** Starts its processes. */
  void start(int count) throws IOException {
    for (int number = 1; number <= count; number++) {
      members.add(launch(number, List.of()));
    }
  }

  /**
   * One after the other ends in order, and starts again with these arguments, too. As in a
   * StatefulSet's rollout the next one ends when the last one is ready, or has had {@link
   * #PATIENCE}.
   */
  void rollOut(List<String> more) throws IOException, InterruptedException {
    for (int number = 1; number <= members.size(); number++) {
      members.get(number - 1).child().close();
      Member successor = launch(number, more);
      members.set(number - 1, successor);
      long begun = System.nanoTime();
      while (!isIn(successor, "standby") && !isIn(successor, "ready")) {
        if (System.nanoTime() - begun > PATIENCE.toNanos()) {
          System.out.printf("chaos: %s-%d is not ready yet%n", target.process(), number);
          break;
        }
        Thread.sleep(POLL);
      }
    }
  }

  private Member launch(int number, List<String> more) throws IOException {
    String name = target.process() + "-" + number;
    Path serverFile = directory.resolve(name + ".json");
    Path skew = directory.resolve(name + ".skew");
    var all = new ArrayList<>(arguments);
    all.addAll(List.of("--server-file", serverFile.toString()));
    all.addAll(more);
    var jvm = List.of("-Dviking.test.clock-skew-file=" + skew);
    return new Member(Child.start(name, data.log(name), jvm, all), serverFile, skew);
  }

  /** How many processes it has. */
  int size() {
    return members.size();
  }

  /** Whether one leads and all others stand by. */
  boolean isComplete() {
    return leaders().size() == 1
        && members.stream().filter(member -> isIn(member, "standby")).count() == members.size() - 1;
  }

  /** Of a process that does the work now, or would; of several in turn. */
  long pid() {
    return next().child().pid();
  }

  /** Has the clock of a process that does the work run so far off the machine's. */
  void skew(Duration by) throws IOException {
    Path file = next().skew();
    Path whole = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(whole, by.toString());
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Instances that its orphan guards hold.
   *
   * @throws IOException if none works that could tell, or one does not
   */
  int orphansHeld() throws IOException {
    int held = 0;
    for (Path file : working()) {
      held += LoopStatus.read(file).orphansHeld();
    }
    return held;
  }

  /** Lets them go, as {@code viking cloud gc --confirm} does. */
  void collectOrphans() throws IOException {
    for (Path file : working()) {
      LoopStatus.collectOrphans(file);
    }
  }

  private List<Path> working() throws IOException {
    List<Path> files = leaders().stream().map(Member::serverFile).toList();
    if (files.isEmpty()) {
      throw new IOException("no " + target.process() + " works");
    }
    return files;
  }

  private Member next() {
    List<Member> leaders = leaders();
    return leaders.isEmpty() ? members.getFirst() : leaders.get(struck++ % leaders.size());
  }

  private List<Member> leaders() {
    return members.stream().filter(member -> isIn(member, "ready")).toList();
  }

  private boolean isIn(Member member, String state) {
    try {
      return LoopStatus.read(member.serverFile()).is(target.process(), state);
    } catch (IOException | RuntimeException silent) {
      return false;
    }
  }

  @Override
  public void close() {
    members.forEach(member -> member.child().close());
  }
}
