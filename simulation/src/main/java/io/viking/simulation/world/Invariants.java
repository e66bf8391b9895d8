package io.viking.simulation.world;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.adapter.sim.state.Order;
import io.viking.cloud.v1.DeleteInstance;
import io.viking.cloud.v1.Instance;
import io.viking.simulation.api.ApiWitness;
import io.viking.simulation.api.Present;
import io.viking.simulation.cloud.CloudWitness;
import io.viking.simulation.process.Surroundings;
import io.viking.simulation.process.Words;
import io.viking.syncer.pods.lifecycle.PodObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must hold at any moment, checked where the two servers change: nothing else can break it. So
 * a step costs what it changes and not what exists.
 */
final class Invariants implements ApiWitness, CloudWitness, Surroundings.Witness {
  private static final List<String> PHASES = List.of("Pending", "Running", "Succeeded", "Failed");
  private static final int FIRST_TERMINAL = 2;

  private final Map<String, PodLife> lives = new LinkedHashMap<>();
  private boolean byOthers;
  private boolean byTheDead;
  private long writes;

  /** What users, controllers and operators do; they may do anything. */
  void byOthers(Runnable act) {
    byOthers = true;
    try {
      act.run();
    } finally {
      byOthers = false;
    }
  }

  @Override
  public void dead() {
    byTheDead = true;
  }

  @Override
  public void alive() {
    byTheDead = false;
  }

  /** Of both servers, whoever made them. */
  long writes() {
    return writes;
  }

  Optional<PodLife> life(String uid) {
    return Optional.ofNullable(lives.get(uid));
  }

  /** Forgets who has neither pod nor instance; nothing of theirs is on its way any more. */
  void forgetTheGone() {
    lives.values().removeIf(life -> life.pod.isEmpty() && life.instance.isEmpty());
  }

  // --- The API server ---

  @Override
  public void written(Optional<V1Pod> before, V1Pod after) {
    writes++;
    String uid = uid(after);
    if (before.isEmpty()) {
      var life = new PodLife(after);
      life.mayFail =
          !PodObject.annotations(after).getOrDefault(Templates.EXIT_CODE, "0").equals("0");
      lives.put(uid, life);
      return;
    }
    PodLife life = known(uid, "a write of");
    checkPhase(life, before.get(), after);
    checkNode(before.get(), after);
    life.pod = Optional.of(after);
    String phase = PodObject.phase(after);
    life.ran |= !phase.equals("Pending") && (life.hadInstance || !phase.equals("Failed"));
    if (!byOthers && isFinal(after) && !isFinal(before.get())) {
      letGo(life, after);
    }
  }

  @Override
  public void removed(V1Pod last) {
    writes++;
    PodLife life = known(uid(last), "a removal of");
    life.pod = Optional.empty();
    if (!byOthers && !life.letGo) {
      letGo(life, last);
    }
  }

  private static void letGo(PodLife life, V1Pod pod) {
    // A pod that never had a node has no instance, and goes at once whoever deletes it.
    life.letGo = true;
    if (life.instance.isPresent() && !life.hauntedByTheDead && !isDisruptedTooLate(life, pod)) {
      throw new BrokenInvariant(
          "pod %s is let go while its instance exists: %s"
              .formatted(uid(pod), Words.of(life.instance.get())));
    }
  }

  /**
   * It was to make room, or be evicted, and had come to its end before that was heard: then the API
   * server lets it go at once.
   */
  private static boolean isDisruptedTooLate(PodLife life, V1Pod pod) {
    var conditions = Present.status(pod).getConditions();
    return PodObject.isTerminal(pod)
        && !life.hasLivingInstance()
        && conditions != null
        && conditions.stream().anyMatch(c -> "DisruptionTarget".equals(c.getType()));
  }

  private static void checkPhase(PodLife life, V1Pod before, V1Pod after) {
    int from = PHASES.indexOf(PodObject.phase(before));
    int to = PHASES.indexOf(PodObject.phase(after));
    if (to < from || (from >= FIRST_TERMINAL && to != from)) {
      throw new BrokenInvariant(
          "a phase went back, from %s to %s".formatted(Words.of(before), Words.of(after)));
    }
    boolean failsNow = to == PHASES.indexOf("Failed") && from != to;
    if (failsNow && !life.mayFail && !PodObject.isDeleting(after)) {
      throw new BrokenInvariant(
          "a pod failed though nothing had happened to it: %s, reason %s"
              .formatted(Words.of(after), Present.status(after).getReason()));
    }
  }

  private static void checkNode(V1Pod before, V1Pod after) {
    String node = PodObject.nodeName(before);
    if (!node.isEmpty() && !node.equals(PodObject.nodeName(after))) {
      throw new BrokenInvariant("a bound pod was moved: " + Words.of(after) + " from " + node);
    }
  }

  private static boolean isFinal(V1Pod pod) {
    Long grace = Present.metadata(pod).getDeletionGracePeriodSeconds();
    return grace != null && grace == 0 && !PodObject.nodeName(pod).isEmpty();
  }

  // --- The cloud ---

  @Override
  public void made(Order order, Instance made) {
    writes++;
    String uid = order.getUid();
    PodLife life = known(uid, "an instance of");
    if (!order.getNamespace().equals(life.namespace) || !order.getName().equals(life.name)) {
      throw new BrokenInvariant(
          "an instance of pod %s is named %s/%s, the pod %s/%s"
              .formatted(uid, order.getNamespace(), order.getName(), life.namespace, life.name));
    }
    if (life.hasLivingInstance()) {
      throw new BrokenInvariant("two instances of one pod live: " + Words.of(made));
    }
    if (life.mayHaveNoOther(byTheDead)) {
      throw new BrokenInvariant("a pod that ran gets another instance: " + Words.of(made));
    }
    life.hauntedByTheDead |= byTheDead;
    if (life.letGo && !life.hauntedByTheDead) {
      throw new BrokenInvariant("an instance is made after its pod was let go: " + Words.of(made));
    }
    life.pod.ifPresent(pod -> checkPlace(pod, made));
    life.sees(made);
    life.hadInstance = true;
  }

  /** In a zone that the scheduler allowed. */
  private static void checkPlace(V1Pod pod, Instance made) {
    String allowed = PodObject.annotations(pod).getOrDefault("viking.io/zones", "");
    if (PodObject.nodeName(pod).isEmpty()
        || !List.of(allowed.split(",")).contains(made.getZone())) {
      throw new BrokenInvariant(
          "an instance stands in %s, and its pod %s may be in %s"
              .formatted(made.getZone(), Words.of(pod), allowed.isEmpty() ? "no zone" : allowed));
    }
  }

  @Override
  public void deleting(DeleteInstance item) {
    PodLife life = known(item.getUid(), "a delete of the instance of");
    boolean isMeant =
        life.instance
            .filter(PodLife::lives)
            .filter(instance -> instance.getAttempt() <= item.getAttempt())
            .isPresent();
    boolean isWanted =
        life.pod
            .filter(pod -> !PodObject.isDeleting(pod) && !PodObject.isTerminal(pod))
            .isPresent();
    if (isMeant && isWanted) {
      throw new BrokenInvariant(
          "the instance of a pod that wants it is deleted: " + Words.of(life.instance.get()));
    }
  }

  @Override
  public void changed(Instance instance) {
    known(instance.getUid(), "an instance of").sees(instance);
  }

  @Override
  public void removed(Instance last) {
    writes++;
    PodLife life = known(last.getUid(), "an instance of");
    life.instance = life.instance.filter(now -> !now.getInstanceId().equals(last.getInstanceId()));
  }

  private PodLife known(String uid, String what) {
    PodLife life = lives.get(uid);
    if (life == null) {
      throw new BrokenInvariant(what + " a pod that never was: " + uid);
    }
    return life;
  }

  // --- After quiet ---

  /**
   * One to one: what runs has its instance, what has an instance runs, and nobody waits but for a
   * quota that pods as urgent as it use up.
   *
   * @throws BrokenInvariant naming all that is not so
   */
  void checkRest(Collection<V1Pod> pods, Collection<Instance> instances, Crowding crowding) {
    var wrong = new ArrayList<String>();
    for (V1Pod pod : pods) {
      restlessness(pod, crowding).ifPresent(why -> wrong.add(why + ": " + Words.of(pod)));
    }
    for (Instance instance : instances) {
      PodLife life = known(instance.getUid(), "an instance of");
      boolean isOfARunningPod =
          life.pod.filter(pod -> PodObject.phase(pod).equals("Running")).isPresent();
      if (PodLife.lives(instance) && !isOfARunningPod) {
        wrong.add("an instance without a pod that runs: " + Words.of(instance));
      }
    }
    if (!wrong.isEmpty()) {
      throw new BrokenInvariant("after quiet: " + String.join("; ", wrong));
    }
  }

  private Optional<String> restlessness(V1Pod pod, Crowding crowding) {
    if (PodObject.isDeleting(pod)) {
      return Optional.of("a pod is still being deleted");
    }
    if (PodObject.phase(pod).equals("Pending") && !crowding.mayKeep(pod)) {
      return Optional.of("a pod still waits");
    }
    if (!PodObject.nodeName(pod).isEmpty() && !isScheduled(pod)) {
      return Optional.of("a pod that is bound says that it is not scheduled");
    }
    boolean runsWithout =
        PodObject.phase(pod).equals("Running") && !known(uid(pod), "").hasLivingInstance();
    return runsWithout ? Optional.of("a pod runs without an instance") : Optional.empty();
  }

  private static boolean isScheduled(V1Pod pod) {
    var conditions = Present.status(pod).getConditions();
    return conditions != null
        && conditions.stream()
            .anyMatch(c -> "PodScheduled".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private static String uid(V1Pod pod) {
    return PodObject.ref(pod).uid();
  }
}
