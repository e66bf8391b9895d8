package io.viking.chaos.run;

import io.viking.chaos.plan.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A part of ours as it runs: one process, or several of which one leads. */
final class Part implements AutoCloseable {
  private final Target target;
  private final List<Member> members = new ArrayList<>();

  Part(Target target) {
    this.target = target;
  }

  /**
   * One process.
   *
   * @param serverFile where it says how it can be asked
   * @param skew how far off its clock is, while there is such a file
   */
  private record Member(Child child, Path serverFile, Path skew) {}

  /**
   * Starts one more process.
   *
   * @param name of it, unlike the others
   * @param directory for what it needs
   */
  void start(String name, Path directory, Path output, List<String> arguments) throws IOException {
    Path serverFile = directory.resolve(name + ".json");
    Path skew = directory.resolve(name + ".skew");
    var all = new ArrayList<>(arguments);
    all.addAll(List.of("--server-file", serverFile.toString()));
    var jvm = List.of("-Dviking.test.clock-skew-file=" + skew);
    members.add(new Member(Child.start(name, output, jvm, all), serverFile, skew));
  }

  /** Whether one leads and all others stand by. */
  boolean isComplete() {
    return members.stream().filter(member -> isIn(member, "ready")).count() == 1
        && members.stream().filter(member -> isIn(member, "standby")).count() == members.size() - 1;
  }

  /** Of the process that does the work now, or would. */
  long pid() {
    return leader().orElse(members.getFirst()).child().pid();
  }

  /** Has the clock of the process that does the work run so far off the machine's. */
  void skew(Duration by) throws IOException {
    Path file = leader().orElse(members.getFirst()).skew();
    Path whole = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(whole, by.toString());
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Instances that its orphan guard holds.
   *
   * @throws IOException if none works that could tell
   */
  int orphansHeld() throws IOException {
    return LoopStatus.read(working()).orphansHeld();
  }

  /** Lets them go, as {@code viking cloud gc --confirm} does. */
  void collectOrphans() throws IOException {
    LoopStatus.collectOrphans(working());
  }

  private Path working() throws IOException {
    return leader()
        .orElseThrow(() -> new IOException("no " + target.process() + " works"))
        .serverFile();
  }

  private Optional<Member> leader() {
    return members.stream().filter(member -> isIn(member, "ready")).findFirst();
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
