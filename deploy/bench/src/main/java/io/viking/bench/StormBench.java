package io.viking.bench;

import io.viking.bench.floor.Floor;
import io.viking.bench.floor.FloorResult;
import io.viking.bench.process.ProcessSampler;
import io.viking.bench.report.BenchReport;
import io.viking.bench.report.Machines;
import io.viking.bench.session.BenchFailure;
import io.viking.bench.session.BenchSession;
import io.viking.bench.session.HeldLoops;
import io.viking.bench.storm.Storm;
import io.viking.bench.storm.StormResult;
import io.viking.bench.workload.TokenUse;
import java.util.ArrayList;
import java.util.List;

/** Viking's storm next to its floor: one round with tokens, one without, or both. */
public final class StormBench {
  private static final int WARM_UP_WIDTH = 32;

  private final BenchSession session;
  private final StormSettings settings;

  public StormBench(BenchSession session, StormSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /**
   * Measures. The caller closes the session afterwards, also when this fails.
   *
   * @throws BenchFailure if a round fails and the settings do not say to keep going
   */
  public BenchReport run() throws InterruptedException {
    ProcessSampler.Window whole = session.processes().open();
    warmUp();
    var rounds = new Rounds(session, settings);
    rounds.run(this::round);
    return new BenchReport(
        Machines.of(session),
        settings.warmUp(),
        rounds.measured(),
        whole.close(),
        rounds.notes(),
        rounds.troubles());
  }

  /** So that the compilers of no side's virtual machine are measured. */
  private void warmUp() throws InterruptedException {
    if (settings.warmUp() == 0) {
      return;
    }
    TokenUse token = settings.tokens().getFirst();
    new Storm(session).run(settings.storm(token).withPods(settings.warmUp()));
    try (HeldLoops held = HeldLoops.hold(session)) {
      new Floor(session)
          .run(settings.floor(token, 0).warmUp(settings.warmUp(), WARM_UP_WIDTH), held.notPaused());
    }
  }

  private Turns round(TokenUse token) throws InterruptedException {
    var storms = new ArrayList<StormResult>();
    var floors = new ArrayList<FloorResult>();
    for (int turn = 0; turn < settings.times(); turn++) {
      StormResult storm = new Storm(session).run(settings.storm(token));
      storms.add(storm);
      try (HeldLoops held = HeldLoops.hold(session)) {
        floors.add(
            new Floor(session)
                .run(settings.floor(token, storm.podWatches().orElse(0)), held.notPaused()));
      }
    }
    return new Turns(token, List.of(storms), floors);
  }
}
