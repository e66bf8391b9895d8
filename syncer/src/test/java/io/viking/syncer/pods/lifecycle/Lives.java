package io.viking.syncer.pods.lifecycle;

import com.google.protobuf.Timestamp;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.kubernetes.client.openapi.models.V1TopologySpreadConstraint;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ContainerRunning;
import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.ContainerTerminated;
import io.viking.cloud.v1.ContainerWaiting;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.syncer.pods.manifest.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One pod's machine in the hand of a test: what it is told, what it then wants. */
final class Lives {
  static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  static final PodRef REF = new PodRef("default", "web-0", "uid-1");

  private PodMachine machine = PodMachine.of(REF);
  private World world = new World(true, true);
  private Instant now = START;
  final List<Tell> tells = new ArrayList<>();

  /** A pod that was not heard of yet. */
  static Lives unknown() {
    return new Lives();
  }

  /** A pod of ours that was just bound. */
  static Lives bound() {
    return new Lives().hears(seen(pod()));
  }

  /** A pod whose create was accepted. */
  static Lives created() {
    return bound()
        .hears(resolved())
        .hears(new PodInput.Started(Work.CREATE))
        .hears(new PodInput.Created(pending(1), true));
  }

  /** A pod of which others wait to be created, as far. */
  static Lives createdStrictly() {
    return new Lives()
        .hears(seen(strict(pod())))
        .hears(resolved())
        .hears(new PodInput.Started(Work.CREATE))
        .hears(new PodInput.Created(pending(1), true));
  }

  /** A pod that runs, for all to see. */
  static Lives running() {
    return created()
        .hears(new PodInput.InstanceSeen(run(1)))
        .hears(new PodInput.Started(Work.STATUS))
        .hears(new PodInput.StatusAnswered(new ApiAnswer.Done()))
        .hears(seen(version(phase(pod(), "Running"), "8")));
  }

  Lives hears(PodInput input) {
    PodMachine.Transition transition = machine.on(input, moment());
    machine = transition.next();
    tells.addAll(transition.tells());
    return this;
  }

  Lives inWorld(World newWorld) {
    world = newWorld;
    return hears(new PodInput.Tick());
  }

  Lives after(Duration pause) {
    now = now.plus(pause);
    return hears(new PodInput.Tick());
  }

  PodMachine machine() {
    return machine;
  }

  PodState state() {
    return machine.state();
  }

  Set<Work> wants() {
    return machine.wants(moment());
  }

  Moment moment() {
    return new Moment(now, world, PodTimings.DEFAULT);
  }

  Instant now() {
    return now;
  }

  String patch() {
    return machine.statusPatch(moment()).orElseThrow();
  }

  static PodInput seen(V1Pod pod) {
    return new PodInput.PodSeen(pod, true, "192.168.0.1");
  }

  static PodInput resolved() {
    return new PodInput.Resolved(
        new Resolution.Resolved(InstanceSpec.newBuilder().setUid(REF.uid()).build(), List.of()));
  }

  static PodInput refused(ErrorReason reason) {
    return new PodInput.CreateFailed(CloudFailure.of(reason, "no: " + reason));
  }

  static V1Pod pod() {
    return new V1Pod()
        .metadata(
            new V1ObjectMeta()
                .namespace(REF.namespace())
                .name(REF.name())
                .uid(REF.uid())
                .resourceVersion("7"))
        .spec(
            new V1PodSpec()
                .nodeName("zone-a")
                .restartPolicy("Always")
                .terminationGracePeriodSeconds(30L)
                .addContainersItem(new V1Container().name("main").image("nginx")))
        .status(new V1PodStatus().phase("Pending"));
  }

  /** With a zone spread that may not be broken. */
  static V1Pod strict(V1Pod pod) {
    return spread(pod, "DoNotSchedule", "topology.kubernetes.io/zone");
  }

  static V1Pod spread(V1Pod pod, String whenUnsatisfiable, String topologyKey) {
    pod.getSpec()
        .addTopologySpreadConstraintsItem(
            new V1TopologySpreadConstraint()
                .maxSkew(1)
                .topologyKey(topologyKey)
                .whenUnsatisfiable(whenUnsatisfiable));
    return pod;
  }

  static V1Pod created(V1Pod pod) {
    pod.getStatus()
        .addConditionsItem(new V1PodCondition().type("ContainerInstanceCreated").status("True"));
    return pod;
  }

  static V1Pod version(V1Pod pod, String resourceVersion) {
    pod.getMetadata().setResourceVersion(resourceVersion);
    return pod;
  }

  static V1Pod phase(V1Pod pod, String phase) {
    pod.getStatus().setPhase(phase);
    return pod;
  }

  static V1Pod deleted(V1Pod pod, Instant deadline, long graceSeconds) {
    pod.getMetadata().setDeletionTimestamp(deadline.atOffset(ZoneOffset.UTC));
    pod.getMetadata().setDeletionGracePeriodSeconds(graceSeconds);
    return version(pod, "9");
  }

  static V1Pod ofJob(V1Pod pod) {
    pod.getMetadata().addOwnerReferencesItem(new V1OwnerReference().kind("Job").name("pi"));
    return pod;
  }

  static Instance pending(int attempt) {
    return Instance.newBuilder()
        .setUid(REF.uid())
        .setNamespace(REF.namespace())
        .setName(REF.name())
        .setInstanceId("eci-" + attempt)
        .setAttempt(attempt)
        .setRevision(attempt * 10L)
        .setPhase(InstancePhase.INSTANCE_PHASE_PENDING)
        .addContainers(
            ContainerStatus.newBuilder()
                .setName("main")
                .setWaiting(ContainerWaiting.newBuilder().setReason("ContainerCreating")))
        .build();
  }

  static Instance run(int attempt) {
    return pending(attempt).toBuilder()
        .setRevision(attempt * 10L + 1)
        .setPhase(InstancePhase.INSTANCE_PHASE_RUNNING)
        .setStartTime(time(START))
        .addAddresses("10.1.0.7")
        .setContainers(
            0,
            ContainerStatus.newBuilder()
                .setName("main")
                .setStarted(true)
                .setReady(true)
                .setRunning(ContainerRunning.newBuilder().setStartTime(time(START))))
        .build();
  }

  static Instance ended(int attempt, int exitCode, Instant end) {
    return run(attempt).toBuilder()
        .setRevision(attempt * 10L + 2)
        .setPhase(
            exitCode == 0
                ? InstancePhase.INSTANCE_PHASE_SUCCEEDED
                : InstancePhase.INSTANCE_PHASE_FAILED)
        .setEndTime(time(end))
        .setContainers(
            0,
            ContainerStatus.newBuilder()
                .setName("main")
                .setTerminated(
                    ContainerTerminated.newBuilder()
                        .setExitCode(exitCode)
                        .setStartTime(time(START))
                        .setEndTime(time(end))))
        .build();
  }

  static Instance failedToStart(int attempt) {
    return pending(attempt).toBuilder()
        .setRevision(attempt * 10L + 2)
        .setPhase(InstancePhase.INSTANCE_PHASE_FAILED)
        .setReason("StartFailed")
        .setEndTime(time(START))
        .build();
  }

  private static Timestamp time(Instant time) {
    return Timestamp.newBuilder().setSeconds(time.getEpochSecond()).build();
  }
}
