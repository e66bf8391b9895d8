package io.viking.bench;

import io.viking.bench.report.Round;
import io.viking.bench.session.BenchFailure;
import io.viking.bench.session.BenchSession;
import io.viking.bench.workload.TokenUse;
import java.util.ArrayList;
import java.util.List;

/** The rounds of a benchmark, one after the other, and what follows when one fails. */
final class Rounds {
  private final BenchSession session;
  private final StormSettings settings;
  private final List<Round> measured = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> troubles = new ArrayList<>();

  Rounds(BenchSession session, StormSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  /** Measures one round, as often as the settings say. */
  interface Measurement {
    Turns of(TokenUse token) throws InterruptedException;
  }

  /**
   * @throws BenchFailure if a round fails and the settings do not say to keep going
   */
  void run(Measurement measurement) throws InterruptedException {
    for (TokenUse token : settings.tokens()) {
      try {
        Turns turns = measurement.of(token);
        measured.add(turns.round());
        notes.addAll(turns.notes());
        troubles.addAll(turns.losses());
      } catch (BenchFailure failed) {
        if (!settings.keepGoing()) {
          throw failed;
        }
        session.progress().note(failed.sentence());
        troubles.add(failed.sentence());
        session.startOver();
      }
    }
  }

  /** Something that makes a figure worth little; one sentence. */
  void trouble(String sentence) {
    troubles.add(sentence);
  }

  List<Round> measured() {
    return measured;
  }

  /** What a reader must know, one sentence each. */
  List<String> notes() {
    return notes;
  }

  List<String> troubles() {
    return troubles;
  }
}
