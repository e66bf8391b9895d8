package io.viking.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.kubernetes.client.openapi.models.V1Affinity;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1NodeSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimSpec;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimVolumeSource;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodAffinity;
import io.kubernetes.client.openapi.models.V1PodAffinityTerm;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudgetSpec;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudgetStatus;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1StorageClass;
import io.kubernetes.client.openapi.models.V1Taint;
import io.kubernetes.client.openapi.models.V1TopologySpreadConstraint;
import io.kubernetes.client.openapi.models.V1Volume;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.v1.CatalogServiceGrpc.CatalogServiceImplBase;
import io.viking.cloud.v1.GetCatalogRequest;
import io.viking.cloud.v1.GetCatalogResponse;
import io.viking.cloud.v1.WatchCatalogRequest;
import io.viking.cloud.v1.WatchCatalogResponse;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.PatchFormat;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.events.EventTarget;
import io.viking.kube.profile.Additions;
import io.viking.kube.profile.ClusterProfile;
import io.viking.kube.profile.ProfileRule;
import io.viking.kube.testing.FakeCache;
import io.viking.scheduler.decision.PlacementPolicy;
import io.viking.scheduler.loop.Backoff;
import io.viking.scheduler.loop.PodExplanation;
import io.viking.scheduler.testing.Cloud;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole scheduler over caches filled by hand, a fake API and a catalog in process. */
class SchedulerTest {
  private static final String TYPE = "1-2Gi";

  private final FakeCache<V1Pod> pods = new FakeCache<>();
  private final FakeCache<V1Node> nodes = new FakeCache<>();
  private final FakeCache<V1PersistentVolumeClaim> claims = new FakeCache<>();
  private final FakeCache<V1PersistentVolume> volumes = new FakeCache<>();
  private final FakeCache<V1StorageClass> classes = new FakeCache<>();
  private final FakeCache<V1Namespace> namespaces = new FakeCache<>();
  private final FakeCache<V1PodDisruptionBudget> budgets = new FakeCache<>();
  private final FakeProfile profile = new FakeProfile();
  private final FakeApi api = new FakeApi();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private Server server;
  private ManagedChannel channel;
  private Scheduler scheduler;
  private Catalog catalog;

  @BeforeEach
  void bindsShowInTheCache() {
    api.afterBind =
        bound ->
            pods.get(bound.namespace(), bound.pod())
                .ifPresent(pod -> pods.put(on(pod, bound.node())));
  }

  @AfterEach
  void close() {
    scheduler.close();
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void pods_ofADeployment_areBoundOverTheZones() throws IOException {
    start(Cloud.cloud());
    createPods(300);
    await().until(() -> api.binds.size() == 300);
    assertThat(
            api.binds.stream()
                .collect(Collectors.groupingBy(FakeApi.Bound::node, Collectors.counting())))
        .isEqualTo(Map.of("h", 100L, "i", 100L, "j", 100L));
    assertThat(api.binds)
        .allSatisfy(
            bound ->
                assertThat(bound.annotations().get("viking.io/zones").split(","))
                    .containsExactlyInAnyOrder("h", "i", "j")
                    .startsWith(bound.node()));
    await().until(() -> decisions("scheduled") == 300);
    assertThat(
            meters
                .get("viking_scheduler_bind_duration_seconds")
                .tag("result", "bound")
                .timer()
                .count())
        .isEqualTo(300);
    await().until(() -> events.contains("Normal Scheduled web-0"));
    assertThat(scheduler.isReady()).isTrue();
  }

  @Test
  void profile_untilItIsKnown_noPodIsBound() throws IOException {
    profile.forget();
    begin(Cloud.cloud());
    createPods(1);
    assertThat(scheduler.isReady()).isFalse();
    assertThat(api.binds).isEmpty();

    profile.set(ClusterProfile.NONE);
    await().until(() -> api.binds.size() == 1);
    assertThat(api.binds.getFirst().labels()).isEmpty();
    assertThat(api.binds.getFirst().annotations()).containsOnlyKeys("viking.io/zones");
  }

  @Test
  void profile_vSwitchesChooseTheZone_andItsEffectsRideOnTheBinding() throws IOException {
    profile.set(
        new ClusterProfile(
            Map.of("k8s.aliyun.com/eci-vswitch", "vsw-i"),
            List.of(
                new ProfileRule(
                    "ours",
                    Map.of(),
                    Map.of("app", "web"),
                    new Additions(
                        Map.of("cost", "low"), Map.of("k8s.aliyun.com/eci-custom-tags", "a:b"))))));
    start(Cloud.cloud());
    createPods(1);

    await().until(() -> api.binds.size() == 1);
    FakeApi.Bound bound = api.binds.getFirst();
    assertThat(bound.node()).isEqualTo("i");
    assertThat(bound.labels()).isEqualTo(Map.of("cost", "low"));
    assertThat(bound.annotations())
        .isEqualTo(
            Map.of(
                "viking.io/zones", "i",
                "viking.io/vswitches", "vsw-i",
                "k8s.aliyun.com/eci-custom-tags", "a:b"));
  }

  @Test
  void profile_thatChanges_holdsForPodsThatWait() throws IOException {
    profile.set(new ClusterProfile(Map.of("k8s.aliyun.com/eci-vswitch", "vsw-none"), List.of()));
    start(Cloud.cloud());
    createPods(1);
    await().until(() -> pending("unschedulable") == 1);

    profile.set(new ClusterProfile(Map.of("k8s.aliyun.com/eci-vswitch", "vsw-j"), List.of()));

    await().until(() -> api.binds.size() == 1);
    assertThat(api.binds.getFirst().node()).isEqualTo("j");
  }

  @Test
  void profile_thatSelectsNamespaces_waitsForThePodsOwn() throws IOException {
    profile.set(
        new ClusterProfile(
            Map.of(),
            List.of(
                new ProfileRule(
                    "team",
                    Map.of("team", "a"),
                    Map.of(),
                    new Additions(Map.of("cost", "a"), Map.of())))));
    start(Cloud.cloud());
    createPods(1);
    await().until(scheduler::isReady);
    assertThat(api.binds).isEmpty();

    namespaces.put(
        new V1Namespace().metadata(new V1ObjectMeta().name("shop").labels(Map.of("team", "a"))));

    await().until(() -> api.binds.size() == 1);
    assertThat(api.binds.getFirst().labels()).isEqualTo(Map.of("cost", "a"));
  }

  @Test
  void pod_noZoneTakes_isToldInConditionAndEvent() throws IOException {
    start(Cloud.cloud().stock("h", TYPE, 0).stock("i", TYPE, 0).stock("j", TYPE, 0));
    createPods(1);
    await().until(() -> api.patches.size() == 1);
    FakeApi.Patched patched = api.patches.getFirst();
    assertThat(patched.pod()).isEqualTo("shop/web-0");
    assertThat(patched.subresource()).isEqualTo("status");
    assertThat(patched.format()).isEqualTo(PatchFormat.STRATEGIC_MERGE);
    assertThat(patched.json())
        .startsWith(
            "{\"metadata\":{\"uid\":\"uid-0\",\"resourceVersion\":\"7\"},\"status\":{\"conditions\":[{\"type\":")
        .contains("\"reason\":\"Unschedulable\"")
        .contains("\"message\":\"0/3 zones are available: 3 out of stock for 1-2Gi.\"");
    await().until(() -> events.contains("Warning FailedScheduling web-0"));
    await().until(() -> pending("unschedulable") == 1);
  }

  @Test
  void explain_waitingPod_saysWhy() throws Exception {
    start(Cloud.cloud().stock("h", TYPE, 0).stock("i", TYPE, 0).stock("j", TYPE, 0));
    createPods(1);
    await().until(() -> pending("unschedulable") == 1);
    var explanation = scheduler.explain("shop", "web-0").get(5, TimeUnit.SECONDS).orElseThrow();
    assertThat(explanation.state()).isEqualTo(PodExplanation.State.WAITING);
    assertThat(explanation.message())
        .isEqualTo("0/3 zones are available: 3 out of stock for 1-2Gi.");
    assertThat(explanation.zones()).hasSize(3);
  }

  @Test
  void explain_podThatIsNotThereOrNotOurs_saysSoAtOnce() throws Exception {
    start(Cloud.cloud());
    V1Pod foreign = pod(1);
    foreign.getSpec().setSchedulerName("volcano");
    pods.put(foreign);
    assertThat(scheduler.explain("shop", "nobody").join()).isEmpty();
    assertThat(scheduler.explain("shop", "web-1").join().orElseThrow().message())
        .startsWith("is not ours: its spec.schedulerName is \"volcano\"");
  }

  @Test
  void pod_deletedWhileItWaits_isForgotten() throws IOException {
    start(Cloud.cloud().zones("h").stock("h", TYPE, 0));
    createPods(1);
    await().until(() -> pending("unschedulable") == 1);
    pods.remove(pod(0));
    await().until(() -> pending("unschedulable") == 0);
  }

  @Test
  void bind_retriableFailureOrDefect_isTriedAgain() throws IOException {
    api.bindFailures.add(FakeApi.failure(503, "etcd is busy"));
    api.bindFailures.add(new IllegalStateException("a defect"));
    start(Cloud.cloud());
    createPods(1);
    await().until(() -> api.binds.size() == 1);
    assertThat(decisions("error")).isEqualTo(2);
  }

  @Test
  void bind_conflictOrGone_isLeftToTheCache() throws IOException {
    api.bindFailures.add(FakeApi.failure(404, "not found"));
    start(Cloud.cloud());
    createPods(1);
    await()
        .until(
            () ->
                meters.find("viking_scheduler_bind_duration_seconds").tag("result", "gone").timer()
                    != null);
    api.bindFailures.add(FakeApi.failure(409, "bound already"));
    pods.put(pod(7));
    await().until(() -> api.binds.size() == 1);
    assertThat(api.binds.getFirst().pod()).isEqualTo("web-7");
    assertThat(decisions("error")).isZero();
  }

  @Test
  void volumes_withoutPodsThatHaveClaims_areNeitherListedNorWatched() throws IOException {
    start(Cloud.cloud());
    createPods(1);
    await().until(() -> api.binds.size() == 1);
    assertThat(claims.isStarted()).isFalse();
    assertThat(volumes.isStarted()).isFalse();
    assertThat(classes.isStarted()).isFalse();
  }

  @Test
  void claim_waitsForItsConsumer_isGivenTheZoneThenThePodIsBound() throws IOException {
    start(Cloud.cloud().zones("h"));
    var claim =
        new V1PersistentVolumeClaim()
            .metadata(
                new V1ObjectMeta()
                    .namespace("shop")
                    .name("data")
                    .uid("claim-1")
                    .resourceVersion("3"))
            .spec(new V1PersistentVolumeClaimSpec().storageClassName("disk"));
    V1Pod pod = pod(0);
    pod.getSpec()
        .addVolumesItem(
            new V1Volume()
                .name("data")
                .persistentVolumeClaim(
                    new V1PersistentVolumeClaimVolumeSource().claimName("data")));
    pods.put(pod);
    await().until(claims::isStarted);
    claims.put(claim);
    classes.put(
        new V1StorageClass()
            .metadata(new V1ObjectMeta().name("disk"))
            .provisioner("toy")
            .volumeBindingMode("WaitForFirstConsumer"));
    claims.sync();
    volumes.sync();
    classes.sync();

    await().until(() -> api.patches.size() == 1);
    assertThat(api.patches.getFirst())
        .isEqualTo(
            new FakeApi.Patched(
                "shop/data",
                "",
                PatchFormat.MERGE,
                "{\"metadata\":{\"uid\":\"claim-1\",\"resourceVersion\":\"3\",\"annotations\":"
                    + "{\"volume.kubernetes.io/selected-node\":\"h\"}}}"));
    assertThat(api.binds).isEmpty();

    volumes.put(new V1PersistentVolume().metadata(new V1ObjectMeta().name("pv-1")));
    claims.put(
        new V1PersistentVolumeClaim()
            .metadata(
                new V1ObjectMeta()
                    .namespace("shop")
                    .name("data")
                    .uid("claim-1")
                    .putAnnotationsItem("pv.kubernetes.io/bind-completed", "yes"))
            .spec(new V1PersistentVolumeClaimSpec().storageClassName("disk").volumeName("pv-1")));
    await().until(() -> api.binds.size() == 1);
    assertThat(api.binds.getFirst().annotations()).containsEntry("viking.io/zones", "h");
  }

  @Test
  void pod_affinityByNamespaceLabels_followsTheNamespace() throws IOException {
    start(Cloud.cloud());
    pods.put(on(pod(0).metadata(pod(0).getMetadata().namespace("data")), "i"));
    V1Pod picky = pod(1);
    picky
        .getSpec()
        .affinity(
            new V1Affinity()
                .podAffinity(
                    new V1PodAffinity()
                        .addRequiredDuringSchedulingIgnoredDuringExecutionItem(
                            new V1PodAffinityTerm()
                                .topologyKey("topology.kubernetes.io/zone")
                                .labelSelector(
                                    new V1LabelSelector().putMatchLabelsItem("app", "web"))
                                .namespaceSelector(
                                    new V1LabelSelector().putMatchLabelsItem("team", "a")))));
    pods.put(picky);
    await().until(() -> pending("unschedulable") == 1);
    namespaces.put(
        new V1Namespace().metadata(new V1ObjectMeta().name("data").putLabelsItem("team", "a")));
    await().until(() -> api.binds.size() == 1);
    assertThat(api.binds.getFirst().node()).isEqualTo("i");
  }

  @Test
  void catalog_breaks_schedulingGoesOnAndSaysHowOldTheStockIs() throws IOException {
    start(Cloud.cloud().stock("h", TYPE, 100).stock("i", TYPE, 0).stock("j", TYPE, 0));
    catalog.fail();
    await().until(() -> scheduler.catalogSilentSince().isPresent());
    createPods(101);
    await().until(() -> api.binds.size() == 100);
    await().until(() -> api.patches.size() == 1);
    assertThat(api.patches.getFirst().json())
        .containsPattern(
            "3 out of stock for 1-2Gi. \\(stock as known at [0-9:]{8}Z; the cloud.{1,6}s catalog has"
                + " not answered since\\)");
    await().until(() -> age() > 0);
    catalog.recover();
    await().until(() -> api.patches.size() == 2);
    assertThat(api.patches.getLast().json()).contains("3 out of stock for 1-2Gi.\"");
    assertThat(scheduler.catalogSilentSince()).isEmpty();
  }

  @Test
  void isReady_beforeTheCachesAreSynced_isFalse() throws IOException {
    compose(Cloud.cloud());
    scheduler.start();
    pods.sync();
    createPods(1);
    assertThat(scheduler.isReady()).isFalse();
    assertThat(api.binds).isEmpty();
    addNodes();
    nodes.sync();
    assertThat(scheduler.isReady()).isFalse();
    namespaces.sync();
    await().until(scheduler::isReady);
    await().until(() -> api.binds.size() == 1);
  }

  @Test
  void podsOnMachines_countInTheZonesOfTheirNodes() throws IOException {
    nodes.put(new V1Node().metadata(new V1ObjectMeta().name("worker-1").labels(Cloud.labels("h"))));
    pods.put(on(spread(pod(0)), "worker-1"));
    start(Cloud.cloud());
    pods.put(spread(pod(1)));
    pods.put(spread(pod(2)));
    await().until(() -> api.binds.size() == 2);
    assertThat(api.binds)
        .extracting(FakeApi.Bound::node)
        .as("worker-1 stands in zone h")
        .containsExactlyInAnyOrder("i", "j");
  }

  private static V1Pod spread(V1Pod pod) {
    pod.getSpec()
        .addTopologySpreadConstraintsItem(
            new V1TopologySpreadConstraint()
                .maxSkew(1)
                .topologyKey("topology.kubernetes.io/zone")
                .whenUnsatisfiable("DoNotSchedule")
                .labelSelector(new V1LabelSelector().putMatchLabelsItem("app", "web")));
    return pod;
  }

  @Test
  void quotaUsedUp_podsOfLowerPriorityAreToldAndDeleted_butNotThoseThatABudgetGuards()
      throws IOException {
    V1Pod guarded = on(pod(1), "h");
    guarded.getMetadata().putLabelsItem("app", "guarded");
    V1Pod free = on(pod(2), "h");
    pods.put(guarded);
    pods.put(free);
    budgets.put(
        new V1PodDisruptionBudget()
            .metadata(new V1ObjectMeta().namespace("shop").name("guard").generation(1L))
            .spec(
                new V1PodDisruptionBudgetSpec()
                    .selector(new V1LabelSelector().putMatchLabelsItem("app", "guarded")))
            .status(
                new V1PodDisruptionBudgetStatus().observedGeneration(1L).disruptionsAllowed(0)));
    start(Cloud.cloud().quota("instances", 2, 2));
    V1Pod important = pod(3);
    important.getSpec().priority(1000);
    pods.put(important);

    await().until(() -> api.deletes.size() == 1);
    assertThat(api.deletes)
        .containsExactly(new FakeApi.Deleted("shop/web-2", "uid-2", KubeApi.OWN_GRACE));
    assertThat(api.patches)
        .filteredOn(patch -> patch.json().contains("DisruptionTarget"))
        .singleElement()
        .satisfies(
            patch -> {
              assertThat(patch.pod()).isEqualTo("shop/web-2");
              assertThat(patch.subresource()).isEqualTo("status");
              assertThat(patch.json())
                  .contains(
                      "\"reason\":\"PreemptionByScheduler\"",
                      "\"message\":\"viking: preempting to accommodate a higher priority pod\"",
                      "\"uid\":\"uid-2\"");
            });
    await().until(() -> events.contains("Normal Preempted web-2"));
  }

  private void start(Cloud cloud) throws IOException {
    begin(cloud);
    await().until(scheduler::isReady);
  }

  private void begin(Cloud cloud) throws IOException {
    compose(cloud);
    addNodes();
    pods.sync();
    nodes.sync();
    namespaces.sync();
    budgets.sync();
    scheduler.start();
  }

  private void compose(Cloud cloud) throws IOException {
    String name = InProcessServerBuilder.generateName();
    catalog = new Catalog(cloud.snapshot());
    server = InProcessServerBuilder.forName(name).addService(catalog).build().start();
    channel = InProcessChannelBuilder.forName(name).build();
    var quick = new Backoff(Duration.ofMillis(1), Duration.ofMillis(10));
    var config =
        new SchedulerConfig(
            PlacementPolicy.SPREAD, Set.of("default-scheduler"), 8, 2, quick, quick, quick, 10, 10);
    scheduler =
        new Scheduler(
            config,
            pods,
            nodes,
            namespaces,
            new VolumeCaches(claims, volumes, classes),
            budgets,
            profile,
            channel,
            api,
            new Events(),
            InstantSource.system(),
            meters);
  }

  private void addNodes() {
    for (String zone : List.of("h", "i", "j")) {
      nodes.put(
          new V1Node()
              .metadata(new V1ObjectMeta().name(zone).labels(Cloud.labels(zone)))
              .spec(
                  new V1NodeSpec()
                      .addTaintsItem(
                          new V1Taint()
                              .key(Cloud.OURS.key())
                              .value(Cloud.OURS.value())
                              .effect(Cloud.OURS.effect()))));
    }
  }

  private void createPods(int count) {
    for (int i = 0; i < count; i++) {
      pods.put(pod(i));
    }
  }

  private double age() {
    return meters.get("viking_scheduler_catalog_age_seconds").gauge().value();
  }

  private double decisions(String result) {
    return meters.get("viking_scheduler_decisions_total").tag("result", result).counter().count();
  }

  private double pending(String queue) {
    return meters.get("viking_scheduler_pending_pods").tag("queue", queue).gauge().value();
  }

  private static V1Pod pod(int number) {
    return new V1Pod()
        .metadata(
            new V1ObjectMeta()
                .namespace("shop")
                .name("web-" + number)
                .uid("uid-" + number)
                .resourceVersion("7")
                .putLabelsItem("app", "web")
                .addOwnerReferencesItem(
                    new V1OwnerReference().kind("ReplicaSet").uid("rs").controller(true)))
        .spec(new V1PodSpec().schedulerName("default-scheduler"));
  }

  private static V1Pod on(V1Pod pod, String node) {
    return new V1Pod()
        .metadata(pod.getMetadata())
        .spec(new V1PodSpec().schedulerName("default-scheduler").nodeName(node));
  }

  private final class Events implements EventRecorder {
    @Override
    public void normal(EventTarget target, String reason, String message) {
      events.add("Normal " + reason + " " + target.name());
    }

    @Override
    public void warning(EventTarget target, String reason, String message) {
      events.add("Warning " + reason + " " + target.name());
    }
  }

  private static final class Catalog extends CatalogServiceImplBase {
    private final CatalogSnapshot snapshot;
    private final Queue<StreamObserver<WatchCatalogResponse>> watches =
        new ConcurrentLinkedQueue<>();
    private volatile boolean broken;

    Catalog(CatalogSnapshot snapshot) {
      this.snapshot = snapshot;
    }

    /** All calls end, and so do those that come. */
    void fail() {
      broken = true;
      watches.forEach(watch -> watch.onError(Status.UNAVAILABLE.asException()));
      watches.clear();
    }

    void recover() {
      broken = false;
    }

    @Override
    public void getCatalog(
        GetCatalogRequest request, StreamObserver<GetCatalogResponse> responses) {
      if (broken) {
        responses.onError(Status.UNAVAILABLE.asException());
        return;
      }
      responses.onNext(
          GetCatalogResponse.newBuilder()
              .setRevision(snapshot.revision())
              .addAllZones(snapshot.zones().values())
              .addAllInstanceTypes(snapshot.instanceTypes().values())
              .addAllOffers(snapshot.offers().values())
              .addAllQuotas(snapshot.quotas().values())
              .build());
      responses.onCompleted();
    }

    @Override
    public void watchCatalog(
        WatchCatalogRequest request, StreamObserver<WatchCatalogResponse> responses) {
      responses.onNext(
          WatchCatalogResponse.newBuilder().setRevision(request.getRevision()).build());
      watches.add(responses);
    }
  }
}
