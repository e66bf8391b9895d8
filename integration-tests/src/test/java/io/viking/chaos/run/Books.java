package io.viking.chaos.run;

import io.viking.cloud.v1.Instance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Pods that want an instance, and instances that live: one to one, by UID, from both lists. */
record Books(List<PodSeen> pods, List<Instance> living) {
  /** UIDs that do not add up, each with what is wrong; empty if all do. */
  List<String> differences() {
    var differences = new ArrayList<String>();
    Set<String> wanted = new HashSet<>();
    pods.stream().filter(pod -> !pod.ended()).forEach(pod -> wanted.add(pod.uid()));
    Set<String> bought = new HashSet<>();
    for (Instance instance : living) {
      if (!bought.add(instance.getUid())) {
        differences.add(instance.getUid() + ": two instances in the list");
      }
      if (!wanted.contains(instance.getUid())) {
        differences.add(
            instance.getUid() + ": instance " + instance.getInstanceId() + " without a pod");
      }
    }
    for (PodSeen pod : pods) {
      if (!pod.ended() && !bought.contains(pod.uid())) {
        differences.add(
            "%s: pod %s/%s is %s without an instance"
                .formatted(pod.uid(), pod.namespace(), pod.name(), pod.phase()));
      }
    }
    return differences;
  }
}
