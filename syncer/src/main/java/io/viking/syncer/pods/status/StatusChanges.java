package io.viking.syncer.pods.status;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceCondition;
import io.viking.syncer.pods.status.ContainerState.Waiting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Strategic-merge patches that bring a pod's status in line with what is known of its instance, as
 * trees that are the caller's to add to; {@link PodStatuses} writes them.
 *
 * <p>Pure. Every patch carries {@code metadata.uid}, so that it never hits another pod of the same
 * name, and belongs on the {@code status} subresource, which takes labels and annotations as well.
 * A patch holds only what differs; where nothing does there is none. A phase never goes back, and
 * conditions of others stay. Times are told to the second, so that within one the patch is the
 * same.
 */
public final class StatusChanges {
  private StatusChanges() {}

  /**
   * The patch for a pod whose instance is in this state; empty if the pod says so already.
   *
   * @param hostIp the zone node's InternalIP; {@code ""} = not known, then it is left out
   */
  public static Optional<JsonObject> patch(
      V1Pod pod, Instance instance, String hostIp, Instant now) {
    PodFacts facts = PodFacts.of(pod);
    var inits =
        ContainerReports.fromInstance(
            facts, facts.initContainers(), instance.getInitContainersList());
    var apps =
        ContainerReports.fromInstance(facts, facts.containers(), instance.getContainersList());
    String phase = Phases.of(facts.phase(), instance.getPhase(), inits, apps);
    boolean failedNow = phase.equals("Failed") && !facts.isTerminal();
    boolean networked = instance.getAddressesCount() > 0 && !instance.hasEndTime();
    List<Condition> conditions =
        new ArrayList<>(Conditions.of(facts, phase, networked, inits, apps));
    instance.getConditionsList().forEach(condition -> passOn(condition, conditions));
    if (failedNow) {
      SpotReclaim.disruption(instance).ifPresent(conditions::add);
    }
    return StatusDiff.patch(
        facts,
        new DesiredStatus(
            phase,
            failedNow ? instance.getReason() : "",
            failedNow ? instance.getMessage() : "",
            conditions,
            inits,
            apps,
            podIps(instance.getAddressesList()),
            hostIp,
            ContainerReports.time(instance.hasCreateTime(), instance.getCreateTime()).orElse(now),
            InstanceMetadata.labels(instance),
            InstanceMetadata.annotations(instance)),
        now);
  }

  /**
   * The patch for a pod that has no instance yet because something is missing.
   *
   * @param container the container that waits; {@code ""} = all of them
   */
  public static Optional<JsonObject> waiting(
      V1Pod pod, String container, String reason, String message, Instant now) {
    PodFacts facts = PodFacts.of(pod);
    if (facts.isTerminal() || facts.phase().equals("Running")) {
      return Optional.empty();
    }
    Waiting told = new Waiting(reason, message);
    Waiting untold = ContainerState.creating(facts.hasInitContainers());
    var inits = waiting(facts.initContainers(), container, told, untold);
    var apps = waiting(facts.containers(), container, told, untold);
    return StatusDiff.patch(
        facts,
        withoutInstance(
            "Pending",
            "",
            "",
            Conditions.of(facts, "Pending", false, inits, apps),
            inits,
            apps,
            now),
        now);
  }

  private static List<ContainerReport> waiting(
      List<PodFacts.ContainerSpec> specs, String container, Waiting told, Waiting untold) {
    List<ContainerReport> reports = new ArrayList<>(specs.size());
    for (PodFacts.ContainerSpec spec : specs) {
      boolean isTold = container.isEmpty() || container.equals(spec.name());
      reports.add(
          ContainerReport.waiting(spec.name(), spec.role(), spec.image(), isTold ? told : untold));
    }
    return reports;
  }

  /**
   * The patch for a pod that fails whatever its containers did: it was refused, or its instance
   * vanished. Containers that ran end as unknown, as in {@link #terminated}.
   */
  public static Optional<JsonObject> failed(V1Pod pod, String reason, String message, Instant now) {
    PodFacts facts = PodFacts.of(pod);
    if (facts.isTerminal()) {
      return Optional.empty();
    }
    return end(facts, "Failed", reason, message, Optional.empty(), now);
  }

  /**
   * The patch for a pod that has failed and whose containers were stopped for it: how they ended,
   * as in {@link #terminated}.
   */
  public static Optional<JsonObject> expired(
      V1Pod pod, String reason, String message, Optional<Instance> last, Instant now) {
    PodFacts facts = PodFacts.of(pod);
    return facts.isTerminal() ? Optional.empty() : end(facts, "Failed", reason, message, last, now);
  }

  /**
   * The patch of terminal statuses for a pod that is being deleted. Where the end of a container is
   * not known, it is exit code 137 with reason ContainerStatusUnknown, as the kubelet says; one
   * that never ran stays waiting. The phase becomes Succeeded if every app container ended with 0,
   * else Failed.
   *
   * @param last the instance's last known state
   */
  public static Optional<JsonObject> terminated(V1Pod pod, Optional<Instance> last, Instant now) {
    return end(PodFacts.of(pod), "", "", "", last, now);
  }

  /**
   * @param forcedPhase {@code ""}: by the containers
   */
  private static Optional<JsonObject> end(
      PodFacts facts,
      String forcedPhase,
      String reason,
      String message,
      Optional<Instance> last,
      Instant now) {
    var inits =
        ended(
            ContainerReports.initsOfPod(facts),
            last.map(
                instance ->
                    ContainerReports.fromInstance(
                        facts, facts.initContainers(), instance.getInitContainersList())),
            reason);
    var apps =
        ended(
            ContainerReports.appsOfPod(facts),
            last.map(
                instance ->
                    ContainerReports.fromInstance(
                        facts, facts.containers(), instance.getContainersList())),
            reason);
    String phase = forcedPhase.isEmpty() ? Phases.ended(facts.phase(), apps) : forcedPhase;
    return StatusDiff.patch(
        facts,
        withoutInstance(
            phase,
            reason,
            message,
            Conditions.of(facts, phase, false, inits, apps),
            inits,
            apps,
            now),
        now);
  }

  /**
   * @param reason of the pod's failure, for containers that never ran: kubectl shows what they wait
   *     for before the pod's own reason; {@code ""} = they keep theirs
   */
  private static List<ContainerReport> ended(
      List<ContainerReport> told, Optional<List<ContainerReport>> known, String reason) {
    List<ContainerReport> ended = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      ContainerReport before = told.get(i);
      int index = i;
      ContainerReport end = known.map(now -> better(now.get(index), before)).orElse(before).ended();
      ended.add(reason.isEmpty() || end.hasRun() ? end : end.with(new Waiting(reason, "")));
    }
    return ended;
  }

  /** An end that was told once is not taken back by an instance that knows less. */
  private static ContainerReport better(ContainerReport known, ContainerReport present) {
    boolean useKnown =
        known.termination().isPresent() || (present.termination().isEmpty() && known.hasRun());
    return useKnown ? known : present;
  }

  private static DesiredStatus withoutInstance(
      String phase,
      String reason,
      String message,
      List<Condition> conditions,
      List<ContainerReport> inits,
      List<ContainerReport> apps,
      Instant now) {
    return new DesiredStatus(
        phase, reason, message, conditions, inits, apps, List.of(), "", now, Map.of(), Map.of());
  }

  private static void passOn(InstanceCondition condition, List<Condition> conditions) {
    for (Condition ours : conditions) {
      if (ours.type().equals(condition.getType())) {
        return;
      }
    }
    if (!condition.getType().isEmpty()) {
      conditions.add(
          new Condition(
              condition.getType(),
              condition.getStatus(),
              condition.getReason(),
              condition.getMessage()));
    }
  }

  /** The primary address and the first of the other family: all that core/v1 allows. */
  private static List<String> podIps(List<String> addresses) {
    if (addresses.isEmpty()) {
      return List.of();
    }
    String primary = addresses.getFirst();
    for (String address : addresses) {
      if (address.contains(":") != primary.contains(":")) {
        return List.of(primary, address);
      }
    }
    return List.of(primary);
  }
}
