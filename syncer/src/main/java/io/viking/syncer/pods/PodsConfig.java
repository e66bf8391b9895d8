package io.viking.syncer.pods;

import io.viking.syncer.pods.lifecycle.PodTimings;
import io.viking.syncer.pods.orphans.OrphanGuard;
import java.time.Duration;

/**
 * How wide and how patiently pods are synced.
 *
 * @param resolveWidth pods resolved at once; each reads the API server and may ask for a token
 * @param createWidth create calls at once; what arrives meanwhile makes the next batch
 * @param deleteWidth delete calls at once
 * @param statusWidth status writes at once; what changes meanwhile is written once
 * @param removeWidth final deletes of pods at once; etcd writes together what comes together: with
 *     16 of them a deletion costs etcd a quarter more CPU than with 64
 * @param lookUpWidth reads of single pods or instances at once
 * @param callDeadline of one call to the adapter
 * @param fewOrphans instances without a pod that go without anybody being asked
 * @param resync between two rounds of the safety net, spread by a quarter
 */
public record PodsConfig(
    int resolveWidth,
    int createWidth,
    int deleteWidth,
    int statusWidth,
    int removeWidth,
    int lookUpWidth,
    int fewOrphans,
    Duration callDeadline,
    Duration resync,
    PodTimings timings) {

  public static final PodsConfig DEFAULT =
      new PodsConfig(
          32,
          4,
          4,
          32,
          64,
          8,
          OrphanGuard.FEW,
          Duration.ofSeconds(30),
          Duration.ofMinutes(5),
          PodTimings.DEFAULT);

  public PodsConfig {
    atLeastOne("resolveWidth", resolveWidth);
    atLeastOne("createWidth", createWidth);
    atLeastOne("deleteWidth", deleteWidth);
    atLeastOne("statusWidth", statusWidth);
    atLeastOne("removeWidth", removeWidth);
    atLeastOne("lookUpWidth", lookUpWidth);
    atLeastOne("fewOrphans", fewOrphans);
    positive("callDeadline", callDeadline);
    positive("resync", resync);
    // A fence is remembered for an hour: a create that is delayed longer could outlive it.
    if (callDeadline.compareTo(Duration.ofMinutes(30)) > 0) {
      throw new IllegalArgumentException(
          "callDeadline must be at most 30 minutes, is " + callDeadline);
    }
  }

  /**
   * Of a process that works on a part of all pods: it lets its part of the few orphans go, and one
   * at least.
   */
  public PodsConfig ofPart(int parts, int held) {
    return new PodsConfig(
        resolveWidth,
        createWidth,
        deleteWidth,
        statusWidth,
        removeWidth,
        lookUpWidth,
        Math.max(1, fewOrphans * held / parts),
        callDeadline,
        resync,
        timings);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, is " + value);
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be above 0, is " + value);
    }
  }
}
