package io.viking.syncer.pods;

import io.viking.cloud.v1.ErrorReason;
import io.viking.syncer.pods.lifecycle.PodMachine;
import io.viking.syncer.pods.lifecycle.PodState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All pods' machines by UID, and the numbers that are needed at every step without counting. */
final class Fleet {
  /** A machine and what only its surroundings care about. */
  static final class Tracked {
    private PodMachine machine;

    /** When the next wake-up comes that was asked for. */
    Optional<Instant> wakeAt = Optional.empty();

    /** When it began to want an instance that was not there. */
    Optional<Instant> wantedAt = Optional.empty();

    /** Why the latest create of it failed, since then. */
    Optional<ErrorReason> heldUpBy = Optional.empty();

    private Tracked(PodMachine machine) {
      this.machine = machine;
    }

    PodMachine machine() {
      return machine;
    }
  }

  private final Map<String, Tracked> byUid = new LinkedHashMap<>();
  private final Map<String, Integer> byState = new HashMap<>();
  private final Set<String> suspects = new LinkedHashSet<>();
  private int instances;
  private int living;

  Optional<Tracked> get(String uid) {
    return Optional.ofNullable(byUid.get(uid));
  }

  Tracked add(PodMachine machine) {
    Tracked tracked = new Tracked(machine);
    byUid.put(machine.facts().ref().uid(), tracked);
    count(machine, 1);
    return tracked;
  }

  void replace(Tracked tracked, PodMachine next) {
    PodMachine before = tracked.machine;
    tracked.machine = next;
    instances += one(next.hasInstance()) - one(before.hasInstance());
    living += one(next.hasLivingInstance()) - one(before.hasLivingInstance());
    // Most steps leave a pod in its state: then there is no label to count.
    if (!before.state().getClass().equals(next.state().getClass())) {
      count(before.state(), -1);
      count(next.state(), 1);
    }
    String uid = next.facts().ref().uid();
    if (next.isSuspect()) {
      suspects.add(uid);
    } else if (!suspects.isEmpty()) {
      suspects.remove(uid);
    }
  }

  void remove(String uid) {
    Tracked tracked = byUid.remove(uid);
    if (tracked != null) {
      count(tracked.machine, -1);
      suspects.remove(uid);
    }
  }

  List<String> uids() {
    return new ArrayList<>(byUid.keySet());
  }

  /** Instances without a pod that nobody has approved the deletion of. */
  List<String> suspects() {
    return new ArrayList<>(suspects);
  }

  int suspectCount() {
    return suspects.size();
  }

  int instanceCount() {
    return instances;
  }

  /** Those that have not ended. */
  int livingCount() {
    return living;
  }

  Map<String, Integer> byState() {
    return byState;
  }

  private void count(PodMachine machine, int delta) {
    instances += delta * one(machine.hasInstance());
    living += delta * one(machine.hasLivingInstance());
    count(machine.state(), delta);
  }

  private void count(PodState state, int delta) {
    if (!(state instanceof PodState.Gone)) {
      byState.merge(state.label(), delta, (a, b) -> a + b == 0 ? null : Integer.valueOf(a + b));
    }
  }

  private static int one(boolean counts) {
    return counts ? 1 : 0;
  }
}
