package io.viking.cli.parts;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A loop as the status shows it.
 *
 * @param condition as it is when it is asked; any thread
 */
public record LoopPart(String name, Supplier<Condition> condition) {
  /** So begins the detail of one whose process holds the lease. */
  public static final String LEADS = "leads";

  /** What a loop is doing. */
  public enum State {
    /** Does its work. */
    READY,
    /** Waits for what it needs. */
    STARTING,
    /** Held still by somebody, on purpose. */
    PAUSED,
    /** Another replica does the work. */
    STANDBY,
    /** Cannot run here; the rest does without. */
    MISSING;

    /** As it stands in the status. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param detail what a person should know about the state; may be empty
   */
  public record Condition(State state, String detail) {
    static Condition of(boolean ready) {
      return of(ready, "");
    }

    static Condition of(boolean ready, String detail) {
      return new Condition(ready ? State.READY : State.STARTING, detail);
    }
  }

  /**
   * The detail of one whose process holds the lease.
   *
   * @param share what of; "" for all
   * @param detail what else there is to say; may be empty
   */
  public static String leads(String share, String detail) {
    return LEADS + (share.isEmpty() ? "" : " " + share) + (detail.isEmpty() ? "" : "; " + detail);
  }

  /** One that runs until the process ends. */
  static LoopPart of(String name, BooleanSupplier ready) {
    return new LoopPart(name, () -> Condition.of(ready.getAsBoolean()));
  }

  /** One that cannot run here. */
  static LoopPart missing(String name, String why) {
    var condition = new Condition(State.MISSING, why);
    return new LoopPart(name, () -> condition);
  }

  public State state() {
    return condition.get().state();
  }
}
