package io.viking.bench;

import io.viking.bench.floor.Floor;
import io.viking.bench.floor.FloorResult;
import io.viking.bench.process.ProcessSampler;
import io.viking.bench.process.ProcessUse;
import io.viking.bench.report.BenchReport;
import io.viking.bench.report.Machines;
import io.viking.bench.report.Round;
import io.viking.bench.rival.Rival;
import io.viking.bench.rival.Rivals;
import io.viking.bench.session.BenchFailure;
import io.viking.bench.session.BenchSession;
import io.viking.bench.session.HeldLoops;
import io.viking.bench.storm.Storm;
import io.viking.bench.storm.StormResult;
import io.viking.bench.storm.StormSpec;
import io.viking.bench.workload.TokenUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * The same storm on Viking and on its {@link Rival}, next to the floor of both, on the same API
 * server. While one is measured the other holds still: Viking is paused, the rival does not run.
 */
public final class CompareBench {
  private static final int WARM_UP_WIDTH = 32;

  private final BenchSession session;
  private final StormSettings settings;
  private final Rivals rivals;

  public CompareBench(BenchSession session, StormSettings settings, Rivals rivals) {
    this.session = session;
    this.settings = settings;
    this.rivals = rivals;
  }

  /**
   * Measures. The caller closes the session afterwards, also when this fails.
   *
   * @throws BenchFailure if a round fails and the settings do not say to keep going
   */
  public BenchReport run() throws InterruptedException {
    ProcessSampler.Window whole = session.processes().open();
    var rounds = new Rounds(session, settings);
    rounds.run(token -> round(token, rounds));
    return new BenchReport(
        Machines.of(session),
        settings.warmUp(),
        rounds.measured(),
        withRivals(whole.close(), rounds.measured()),
        notes(rounds),
        rounds.troubles());
  }

  /** Rivals are not there for the whole run; what they used, their storms tell. */
  private static List<ProcessUse> withRivals(List<ProcessUse> whole, List<Round> rounds) {
    var byName = new LinkedHashMap<String, ProcessUse>();
    rounds.stream()
        .flatMap(round -> round.storms().stream())
        .flatMap(storm -> Stream.of(storm.up(), storm.down()))
        .flatMap(passage -> passage.cost().processes().stream())
        .forEach(use -> byName.merge(use.name(), use, ProcessUse::and));
    whole.forEach(use -> byName.put(use.name(), use));
    return List.copyOf(byName.values());
  }

  private List<String> notes(Rounds rounds) {
    var notes = new ArrayList<String>();
    notes.add(rivals.settings().sentence());
    notes.addAll(rounds.notes());
    if (settings.tokens().contains(TokenUse.WITH)) {
      notes.add(
          "KWOK never requests the token that a kubelet mounts: with tokens it makes one write less for each pod than Viking and the floor.");
    }
    return notes;
  }

  /**
   * Both sides in turn, the floor between them, begun by the other one each time: what is measured
   * later finds an API server, and compilers, that are warmer.
   */
  private Turns round(TokenUse token, Rounds rounds) throws InterruptedException {
    var ours = new ArrayList<StormResult>();
    var theirs = new ArrayList<StormResult>();
    var floors = new ArrayList<FloorResult>();
    for (int turn = 0; turn < settings.times(); turn++) {
      if (turn % 2 == 0) {
        ours.add(viking(token));
        floors.add(floor(token, ours.getFirst()));
        theirs.add(rival(token, rounds));
      } else {
        theirs.add(rival(token, rounds));
        floors.add(floor(token, ours.getFirst()));
        ours.add(viking(token));
      }
    }
    return new Turns(token, List.of(ours, theirs), floors);
  }

  private StormResult viking(TokenUse token) throws InterruptedException {
    return storm(settings.storm(token));
  }

  private StormResult rival(TokenUse token, Rounds rounds) throws InterruptedException {
    try (HeldLoops held = HeldLoops.hold(session);
        Rival rival = rivals.start(session)) {
      StormResult result =
          storm(
              StormSpec.of(Rival.NAME, settings.pods(), settings.mode(), token, rival.placement()));
      held.notPaused()
          .ifPresent(
              why ->
                  rounds.trouble(
                      "Viking's loops ran during the storm of %s, which slows that down: %s."
                          .formatted(Rival.NAME, why)));
      if (rival.restarts() > 0) {
        rounds.trouble(
            "%s died and was started again %d times during its storm: its figures are worth little, %s has the logs."
                .formatted(Rival.NAME, rival.restarts(), rivals.directory().logs()));
      }
      return result;
    }
  }

  /** Each side is warmed up right before it is measured. */
  private StormResult storm(StormSpec spec) throws InterruptedException {
    if (settings.warmUp() > 0) {
      new Storm(session).run(spec.withPods(settings.warmUp()));
    }
    return new Storm(session).run(spec);
  }

  private FloorResult floor(TokenUse token, StormResult viking) throws InterruptedException {
    var spec = settings.floor(token, viking.podWatches().orElse(0));
    try (HeldLoops held = HeldLoops.hold(session)) {
      if (settings.warmUp() > 0) {
        new Floor(session).run(spec.warmUp(settings.warmUp(), WARM_UP_WIDTH), held.notPaused());
      }
      return new Floor(session).run(spec, held.notPaused());
    }
  }
}
