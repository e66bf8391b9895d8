package io.viking.cli.server;

import io.viking.controlplane.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a part in a process of its own looks like: as its supervisor sees it and as it says. */
final class PartSight {
  private PartSight() {}

  /**
   * The process, and then the loops in it that have another name.
   *
   * @param says what the process answered; empty if it did not
   * @param http where it answers; may be empty
   */
  static List<StatusReport.Part> of(Component component, Optional<StatusReport> says, String http) {
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
      if (loop.name().equals(component.name())) {
        all.set(0, with(process, loop.state(), joined(loop.detail(), all.getFirst().detail())));
      } else {
        all.add(
            new StatusReport.Part(
                loop.name(),
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

  private static String joined(String first, String second) {
    return first.isEmpty() ? second : first + "; " + second;
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
