package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Channel;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.CreateInstanceResult;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.DeleteInstance;
import io.viking.cloud.v1.DeleteInstanceResult;
import io.viking.cloud.v1.DeleteInstancesRequest;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceBlockingStub;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ListInstancesResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls of one cluster, in the form in which tests make them. Deletes all it made at the end.
 */
final class TestCluster implements AutoCloseable {
  /** A delete's attempt that ends the key for ever. */
  static final int FOR_EVER = Integer.MAX_VALUE;

  private final AdapterUnderTest adapter;
  private final String id = UUID.randomUUID().toString();
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final List<InstanceWatch> watches = new ArrayList<>();

  TestCluster(AdapterUnderTest adapter) {
    this.adapter = adapter;
  }

  String id() {
    return id;
  }

  Channel channel() {
    return adapter.channel();
  }

  Duration patience() {
    return adapter.patience();
  }

  InstanceServiceBlockingStub calls() {
    return InstanceServiceGrpc.newBlockingStub(adapter.channel())
        .withDeadlineAfter(adapter.patience());
  }

  TestPod pod() {
    return TestPod.of("pod-" + UUID.randomUUID().toString().substring(0, 8), adapter.image());
  }

  /** The first attempt of a new pod that runs until it is stopped. */
  InstanceSpec.Builder spec() {
    return spec(pod());
  }

  InstanceSpec.Builder spec(TestPod pod) {
    String uid = UUID.randomUUID().toString();
    return InstanceSpec.newBuilder()
        .setUid(uid)
        .setAttempt(1)
        .setPodManifest(pod.manifest(uid))
        .addAllZones(adapter.zones());
  }

  List<CreateInstanceResult> create(List<InstanceSpec> specs) {
    specs.forEach(spec -> asked.add(spec.getUid()));
    return calls()
        .createInstances(
            CreateInstancesRequest.newBuilder().setClusterId(id).addAllInstances(specs).build())
        .getResultsList();
  }

  CreateInstanceResult create(InstanceSpec spec) {
    List<CreateInstanceResult> results = create(List.of(spec));
    assertThat(results).as("results of a batch of one").hasSize(1);
    return results.getFirst();
  }

  /** Creates, and insists that the adapter takes it. */
  Instance created(InstanceSpec spec) {
    CreateInstanceResult result = create(spec);
    assertThat(result.hasInstance())
        .as("create of %s is accepted, but: %s", spec.getUid(), result.getFailure())
        .isTrue();
    return result.getInstance();
  }

  /** Creates, and insists that the adapter refuses it. */
  CloudFailure refused(InstanceSpec spec) {
    CreateInstanceResult result = create(spec);
    assertThat(result.hasFailure())
        .as("create of %s, attempt %d, is refused", spec.getUid(), spec.getAttempt())
        .isTrue();
    return CloudFailures.from(result.getFailure());
  }

  /** A new pod's instance, running. */
  Instance running(InstanceSpec spec) {
    created(spec);
    return awaitPhase(spec.getUid(), InstancePhase.INSTANCE_PHASE_RUNNING);
  }

  List<DeleteInstanceResult> delete(List<DeleteInstance> deletes) {
    return calls()
        .deleteInstances(
            DeleteInstancesRequest.newBuilder().setClusterId(id).addAllInstances(deletes).build())
        .getResultsList();
  }

  DeleteInstanceResult delete(String uid, int attempt, Duration grace) {
    List<DeleteInstanceResult> results = delete(List.of(deletion(uid, attempt, grace)));
    assertThat(results).as("results of a batch of one").hasSize(1);
    assertThat(results.getFirst().hasFailure())
        .as("delete of %s: %s", uid, results.getFirst().getFailure())
        .isFalse();
    return results.getFirst();
  }

  static DeleteInstance deletion(String uid, int attempt, Duration grace) {
    return DeleteInstance.newBuilder()
        .setUid(uid)
        .setAttempt(attempt)
        .setGracePeriod(
            com.google.protobuf.Duration.newBuilder()
                .setSeconds(grace.getSeconds())
                .setNanos(grace.getNano()))
        .build();
  }

  ListInstancesResponse page(ListInstancesRequest.Builder request) {
    return calls().listInstances(request.setClusterId(id).build());
  }

  /** The revision of a listing that begins now. */
  long revision() {
    return page(ListInstancesRequest.newBuilder()).getRevision();
  }

  /** All instances, through all pages. */
  List<Instance> list() {
    List<Instance> all = new ArrayList<>();
    String token = "";
    do {
      ListInstancesResponse page = page(ListInstancesRequest.newBuilder().setPageToken(token));
      all.addAll(page.getInstancesList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  Optional<Instance> find(String uid) {
    List<Instance> found = page(ListInstancesRequest.newBuilder().addUids(uid)).getInstancesList();
    assertThat(found).as("instances of %s", uid).hasSizeLessThanOrEqualTo(1);
    return found.stream().findFirst();
  }

  Instance awaitPhase(String uid, InstancePhase phase) {
    return await("phase %s of %s".formatted(phase, uid))
        .atMost(adapter.patience())
        .until(() -> find(uid), found -> found.map(Instance::getPhase).equals(Optional.of(phase)))
        .orElseThrow();
  }

  /** Running, or already over. */
  void awaitStarted(String uid) {
    await("%s has started".formatted(uid))
        .atMost(adapter.patience())
        .until(
            () ->
                find(uid).orElseThrow().getPhaseValue()
                    >= InstancePhase.INSTANCE_PHASE_RUNNING_VALUE);
  }

  void awaitGone(String uid) {
    await("%s is gone".formatted(uid)).atMost(adapter.patience()).until(() -> find(uid).isEmpty());
  }

  void awaitEmpty() {
    await("no instance is left").atMost(adapter.patience()).until(() -> list().isEmpty());
  }

  /** Watches from a revision until the test ends. */
  InstanceWatch watch(long revision) {
    InstanceWatch watch = InstanceWatch.open(adapter, id, revision);
    watches.add(watch);
    return watch;
  }

  @Override
  public void close() {
    watches.forEach(InstanceWatch::close);
    List<String> left = asked.stream().sorted().toList();
    for (int from = 0; from < left.size(); from += 20) {
      delete(
          left.subList(from, Math.min(from + 20, left.size())).stream()
              .map(uid -> deletion(uid, FOR_EVER, Duration.ZERO))
              .toList());
    }
  }
}
