package io.viking.simulation.fault;

import java.util.Locale;

/** What can go wrong. */
public enum FaultKind {
  /** A call's request never arrives; its caller waits until the deadline, or hears at once. */
  REQUEST_LOST,
  /** A call takes effect, and its caller never hears of it. */
  ANSWER_LOST,
  /** A call arrives when its caller has long given up. */
  REQUEST_LATE,
  /** An answer comes so late that events overtake it. */
  ANSWER_SLOW,
  /** A call arrives twice; either answer comes back. */
  DOUBLED,
  /** 429, or THROTTLED, with a time to wait. */
  BUSY,
  /** 500, or INTERNAL. */
  BROKEN,
  /** A watch's event comes seconds late, and with it all that follows. */
  WATCH_LATE,
  /** A watch ends, and what was on its way is lost. */
  WATCH_CUT,
  /** A watch that was cut cannot be resumed: 410, or REVISION_TOO_OLD. */
  WATCH_TOO_OLD,
  /** A list fails and is tried again. */
  LIST_FAILED,
  /** The cloud, or its catalog, is out of reach for so long that it is told. */
  CLOUD_UNREACHABLE,
  SCHEDULER_KILLED,
  SYNCER_KILLED,
  NETWORK_KILLED,
  /** What a dead process had sent arrives all the same. */
  CALL_OF_THE_DEAD,
  /** A zone has nothing of any type, or of one. */
  OUT_OF_STOCK,
  /** A zone is taken off sale. */
  ZONE_CLOSED,
  /** Somebody deletes an instance in the cloud's console. */
  INSTANCE_LOST,
  /** A spot instance is taken back, after a notice. */
  SPOT_RECLAIMED,
  /** A zone's spot instances cost more than some pods would pay. */
  PRICE_RAISED;

  /** As reports write it: "request lost". */
  public String words() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
