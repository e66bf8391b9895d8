package io.viking.simulation.process;

import io.viking.simulation.Timeline;
import io.viking.simulation.Trace;
import io.viking.simulation.api.ModelApiServer;
import io.viking.simulation.cloud.ModelCloud;
import io.viking.simulation.fault.Faults;

/** What every process lives in. */
public record Surroundings(
    Timeline time,
    Faults faults,
    Trace trace,
    ModelApiServer api,
    ModelCloud cloud,
    Witness witness) {

  /** Hears whose call is being made. */
  public interface Witness {
    /** A process that has died made the calls that follow, until {@link #alive}. */
    void dead();

    void alive();
  }
}
