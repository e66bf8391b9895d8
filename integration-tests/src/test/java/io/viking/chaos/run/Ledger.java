package io.viking.chaos.run;

import io.viking.cloud.v1.Instance;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What both sides have shown, and the rules that hold at any moment:
 *
 * <ul>
 *   <li>at most one instance lives per UID;
 *   <li>a pod that was Running gets no other instance;
 *   <li>a pod's phase never goes back, and none fails that nobody deletes.
 * </ul>
 *
 * <p>Safe for all threads.
 */
final class Ledger {
  private static final List<String> PHASES = List.of("Pending", "Running", "Succeeded", "Failed");

  private final InstantSource clock;
  private final Map<String, PodSeen> pods = new HashMap<>();
  private final Map<String, Instance> instances = new HashMap<>();

  /** By UID: the instance with which the pod was first Running. */
  private final Map<String, String> ranWith = new HashMap<>();

  /** By UID: the highest attempt of each instance, by its id. */
  private final Map<String, Map<String, Integer>> attempts = new HashMap<>();

  private final Map<String, List<String>> stories = new LinkedHashMap<>();
  private final Set<String> breaches = new HashSet<>();
  private final List<String> breachesInOrder = new ArrayList<>();

  Ledger(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void pod(PodSeen pod) {
    PodSeen before = pods.put(pod.uid(), pod);
    tell(
        pod.uid(),
        "pod %s/%s %s%s%s %s rv=%s"
            .formatted(
                pod.namespace(),
                pod.name(),
                pod.phase(),
                pod.ready() ? " ready" : "",
                pod.deleting() ? " deleting" : "",
                pod.instanceId(),
                pod.resourceVersion()));
    if (before != null && PHASES.indexOf(pod.phase()) < PHASES.indexOf(before.phase())) {
      breach(pod.uid(), "the pod went from " + before.phase() + " back to " + pod.phase());
    }
    if (pod.phase().equals("Failed") && !pod.deleting()) {
      breach(pod.uid(), "the pod failed, and nobody deletes it");
    }
    if (pod.phase().equals("Running") && !pod.instanceId().isEmpty()) {
      String first = ranWith.putIfAbsent(pod.uid(), pod.instanceId());
      if (first != null && !first.equals(pod.instanceId())) {
        breach(pod.uid(), "the pod was Running in " + first + ", and is in " + pod.instanceId());
      }
    }
    checkSecondInstance(pod.uid());
  }

  synchronized void podGone(PodSeen pod) {
    pods.remove(pod.uid());
    tell(pod.uid(), "pod gone");
  }

  synchronized void instance(Instance instance) {
    Optional<Instance> before = Optional.ofNullable(instances.put(instance.getUid(), instance));
    String id = instance.getInstanceId();
    tell(
        instance.getUid(),
        "instance %s attempt %d %s%s rev=%d"
            .formatted(
                id,
                instance.getAttempt(),
                instance.getPhase(),
                instance.hasStopTime() ? " stopping" : "",
                instance.getRevision()));
    if (before.filter(old -> lives(old) && !old.getInstanceId().equals(id)).isPresent()
        && lives(instance)) {
      breach(
          instance.getUid(), "two instances live: " + before.get().getInstanceId() + " and " + id);
    }
    attempts
        .computeIfAbsent(instance.getUid(), uid -> new HashMap<>())
        .merge(id, instance.getAttempt(), Math::max);
    checkSecondInstance(instance.getUid());
  }

  synchronized void instanceGone(Instance instance) {
    instances.remove(instance.getUid());
    tell(instance.getUid(), "instance " + instance.getInstanceId() + " gone");
  }

  /** What was known and is not listed went unseen. */
  synchronized void instancesListed(List<Instance> all) {
    Set<String> listed = new HashSet<>();
    all.forEach(instance -> listed.add(instance.getUid()));
    List<Instance> missing =
        instances.values().stream().filter(known -> !listed.contains(known.getUid())).toList();
    missing.forEach(this::instanceGone);
    for (Instance instance : all) {
      Instance known = instances.get(instance.getUid());
      if (known == null || known.getRevision() != instance.getRevision()) {
        // A gap: how the one before ended was not seen.
        instances.remove(instance.getUid());
        instance(instance);
      }
    }
  }

  synchronized List<PodSeen> pods(String namespace) {
    return pods.values().stream().filter(pod -> pod.namespace().equals(namespace)).toList();
  }

  synchronized List<String> breaches() {
    return List.copyOf(breachesInOrder);
  }

  /** Everything that both sides have shown of a UID, in the order in which it was seen. */
  synchronized String story(String uid) {
    return String.join("\n", stories.getOrDefault(uid, List.of("nothing was seen of " + uid)));
  }

  private void checkSecondInstance(String uid) {
    String first = ranWith.get(uid);
    if (first == null) {
      return;
    }
    Map<String, Integer> seen = attempts.getOrDefault(uid, Map.of());
    int ran = seen.getOrDefault(first, Integer.MAX_VALUE);
    seen.forEach(
        (id, attempt) -> {
          if (!id.equals(first) && attempt > ran) {
            breach(uid, "the pod was Running in " + first + ", and " + id + " was bought for it");
          }
        });
  }

  private void breach(String uid, String what) {
    if (breaches.add(uid + what)) {
      breachesInOrder.add(uid + ": " + what);
      tell(uid, "BREACH: " + what);
    }
  }

  private void tell(String uid, String what) {
    stories.computeIfAbsent(uid, first -> new ArrayList<>()).add(clock.instant() + " " + what);
  }

  static boolean lives(Instance instance) {
    return !instance.hasEndTime();
  }
}
