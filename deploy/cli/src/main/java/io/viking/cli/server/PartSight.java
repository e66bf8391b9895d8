package io.viking.cli.server;

import io.viking.cli.parts.LoopPart;
import io.viking.controlplane.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a part in a process of its own looks like: as its supervisor sees it and as it says. */
final class PartSight {
  /** Of a process that has the lease. */
  private static final Set<String> LEADING = Set.of("ready", "paused");

  private PartSight() {}

  /**
   * The process, and then the loops in it that have another name; of one that stands by, those that
   * work all the same.
   *
   * @param component named as {@code part}
   * @param says what the process answered; empty if it did not
   * @param http where it answers; may be empty
   */
  static List<StatusReport.Part> of(
      PartName part, Component component, Optional<StatusReport> says, String http) {
    if (component.state() != Component.State.READY) {
      return List.of(StatusReport.Part.of(component, "see " + component.log()));
    }
    StatusReport.Part process = StatusReport.Part.of(component, "");
    if (says.isEmpty()) {
      return List.of(with(process, "not-answering", "see " + component.log()));
    }
    List<StatusReport.Part> all = new ArrayList<>();
    all.add(with(process, says.get().state(), "health and metrics at " + http));
    for (StatusReport.Part loop : says.get().parts()) {
      if (loop.name().equals(part.role())) {
        all.set(0, with(process, loop.state(), joined(loop.detail(), all.getFirst().detail())));
      } else if (!loop.state().equals(StatusReport.STANDBY)) {
        all.add(
            new StatusReport.Part(
                part.numbered(loop.name()),
                loop.kind(),
                loop.state(),
                process.pid(),
                0,
                loop.since(),
                loop.version(),
                loop.detail()));
      }
    }
    return List.copyOf(all);
  }

  /** Whether a process that answered does the work of its part, or is to. */
  static boolean leads(PartName part, StatusReport says) {
    return says.parts().stream()
        .anyMatch(
            loop -> loop.name().equals(part.role()) && !loop.state().equals(StatusReport.STANDBY));
  }

  /**
   * What there is to see, when several processes may do the same work: if all that answer stand by,
   * nobody works, and that is no state to be content with.
   *
   * @param groups the names of all processes of a part, for each part
   */
  static List<StatusReport.Part> withLeaders(
      List<StatusReport.Part> parts, List<List<PartName>> groups) {
    List<StatusReport.Part> all = new ArrayList<>(parts);
    for (List<PartName> group : groups) {
      Set<String> processes =
          group.stream().map(PartName::process).collect(Collectors.toUnmodifiableSet());
      boolean led =
          parts.stream().anyMatch(part -> processes.contains(part.name()) && isLeading(part));
      if (!led) {
        all.replaceAll(
            part ->
                processes.contains(part.name()) && part.state().equals(StatusReport.STANDBY)
                    ? with(part, "starting", joined("nobody leads", part.detail()))
                    : part);
      }
    }
    return List.copyOf(all);
  }

  /** One that starts may lead already. */
  private static boolean isLeading(StatusReport.Part part) {
    return LEADING.contains(part.state()) || part.detail().startsWith(LoopPart.LEADS);
  }

  private static String joined(String first, String second) {
    return first.isEmpty() || second.isEmpty() ? first + second : first + "; " + second;
  }

  private static StatusReport.Part with(StatusReport.Part part, String state, String detail) {
    return new StatusReport.Part(
        part.name(),
        part.kind(),
        state,
        part.pid(),
        part.restarts(),
        part.since(),
        part.version(),
        detail);
  }
}
