package io.viking.system;

import static io.viking.system.ToyProvisioner.ZONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Affinity;
import io.kubernetes.client.openapi.models.V1EphemeralVolumeSource;
import io.kubernetes.client.openapi.models.V1NodeAffinity;
import io.kubernetes.client.openapi.models.V1NodeSelectorRequirement;
import io.kubernetes.client.openapi.models.V1NodeSelectorTerm;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimSpec;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimTemplate;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimVolumeSource;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PreferredSchedulingTerm;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V1StorageClass;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeResourceRequirements;
import io.viking.cloud.v1.Instance;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Volumes decide zones: a class that waits for its consumer, and a provisioner of ours. */
class VolumeZoneIT {
  private final Cluster cluster = SharedViking.cluster();
  private final KubeApi api = cluster.clients().api();
  private final List<V1PersistentVolume> ownVolumes = new ArrayList<>();
  private final ToyProvisioner provisioner = new ToyProvisioner(cluster);
  private String namespace = "";

  /** A class for each test: trouble with one is remembered for a while. */
  private String disk = "";

  private String local = "";
  private List<String> zones = List.of();

  @BeforeEach
  void prepare() throws Exception {
    namespace = cluster.newNamespace("volumes");
    zones =
        api.list(ResourceType.NODES, "", "").stream()
            .map(node -> node.getMetadata().getLabels().get(ZONE))
            .sorted()
            .toList();
    disk = storageClass("disk-" + namespace, ToyProvisioner.NAME);
    local = storageClass("local-" + namespace, "kubernetes.io/no-provisioner");
    provisioner.start();
  }

  @AfterEach
  void cleanUp() throws Exception {
    cluster.deleteNamespace(namespace);
    for (V1PersistentVolume volume : ownVolumes) {
      api.delete(
          ResourceType.PERSISTENT_VOLUMES,
          "",
          volume.getMetadata().getName(),
          volume.getMetadata().getUid(),
          0);
    }
    Await.until(
        "no volume of the toy is left",
        () ->
            api.list(ResourceType.PERSISTENT_VOLUMES, "", "").stream()
                .noneMatch(volume -> disk.equals(volume.getSpec().getStorageClassName())));
    provisioner.close();
    for (String name : List.of(disk, local)) {
      String uid =
          api.get(ResourceType.STORAGE_CLASSES, "", name).orElseThrow().getMetadata().getUid();
      api.delete(ResourceType.STORAGE_CLASSES, "", name, uid, 0);
    }
  }

  @Test
  void statefulSet_withClaims_runsWhereItsVolumesAre_andComesBackThere() throws Exception {
    V1StatefulSet set = Workloads.statefulSet("db", 3);
    set.getSpec()
        .podManagementPolicy("Parallel")
        .addVolumeClaimTemplatesItem(claim("data", disk, "1Gi"));
    cluster.apps().createNamespacedStatefulSet(namespace, set).execute();
    for (String pod : List.of("db-0", "db-1", "db-2")) {
      awaitRunning(pod);
      assertThat(zoneOf(pod)).as(pod).isEqualTo(zoneOfVolume("data-" + pod));
    }
    assertThat(List.of(zoneOf("db-0"), zoneOf("db-1"), zoneOf("db-2")))
        .as("spread over the zones")
        .doesNotHaveDuplicates();

    String zone = zoneOf("db-1");
    String uid = pod("db-1").getMetadata().getUid();
    api.delete(ResourceType.PODS, namespace, "db-1", uid, 0);
    Await.until(
        "another db-1 that runs",
        () -> !pod("db-1").getMetadata().getUid().equals(uid) && isRunning("db-1"));
    assertThat(zoneOf("db-1")).isEqualTo(zone);
  }

  @Test
  void provisionerFailsInOneZone_podLandsInAnother() throws Exception {
    String wished = zones.getFirst();
    provisioner.broken.add(wished);
    createClaim(claim("data", disk, "1Gi"));
    V1Pod pod = podWith("app", "data");
    pod.getSpec().affinity(preferring(wished));
    create(pod);

    awaitRunning("app");
    assertThat(provisioner.refused).containsExactly(wished);
    assertThat(zoneOf("app")).isNotEqualTo(wished).isEqualTo(zoneOfVolume("data"));
    assertThat(cluster.events(namespace, "app"))
        .anyMatch(event -> event.contains("no volume could be made in zone " + wished));
  }

  @Test
  void boundVolume_podGoesToItsZone() throws Exception {
    String zone = zones.getLast();
    volume("bound-" + namespace, zone, "", "1Gi");
    V1PersistentVolumeClaim claim = claim("data", "", "1Gi");
    claim.getSpec().volumeName("bound-" + namespace);
    createClaim(claim);
    create(podWith("app", "data"));

    awaitRunning("app");
    assertThat(zoneOf("app")).isEqualTo(zone);
    assertThat(cluster.instances(namespace)).extracting(Instance::getZone).containsExactly(zone);
  }

  @Test
  void nodeSelectorAgainstTheVolumesZone_isTold() throws Exception {
    volume("conflict-" + namespace, zones.getLast(), "", "1Gi");
    V1PersistentVolumeClaim claim = claim("data", "", "1Gi");
    claim.getSpec().volumeName("conflict-" + namespace);
    createClaim(claim);
    Await.until("a bound claim", () -> "Bound".equals(boundClaim("data").getStatus().getPhase()));
    V1Pod pod = podWith("app", "data");
    pod.getSpec().nodeSelector(Map.of(ZONE, zones.getFirst()));
    create(pod);

    String sentence =
        "0/%1$d zones are available: %2$d not matching the pod's node selector or affinity, 1 had volume node affinity conflict."
            .formatted(zones.size(), zones.size() - 1);
    Await.until(
        "the condition",
        () ->
            pod("app").getStatus().getConditions().stream()
                .anyMatch(
                    condition ->
                        "PodScheduled".equals(condition.getType())
                            && sentence.equals(condition.getMessage())));
    Await.until(
        "the event",
        () -> cluster.events(namespace, "app").contains("FailedScheduling: " + sentence));
  }

  @Test
  void claimThatIsMissing_isToldAndThePodGoesOnWhenItAppears() throws Exception {
    create(podWith("app", "data"));
    Await.until(
        "the event",
        () ->
            cluster.events(namespace, "app").stream()
                .anyMatch(event -> event.contains("persistentvolumeclaim \"data\" not found")));
    createClaim(claim("data", disk, "1Gi"));
    awaitRunning("app");
  }

  @Test
  void volumesThatAreThere_theSmallestThatFitsIsTaken() throws Exception {
    volume("small-" + namespace, zones.get(0), local, "1Gi");
    volume("fits-" + namespace, zones.get(1), local, "3Gi");
    createClaim(claim("data", local, "2Gi"));
    Await.until(
        "volumes that are available",
        () ->
            api.list(ResourceType.PERSISTENT_VOLUMES, "", "").stream()
                    .filter(volume -> local.equals(volume.getSpec().getStorageClassName()))
                    .filter(volume -> "Available".equals(volume.getStatus().getPhase()))
                    .count()
                == 2);
    create(podWith("app", "data"));

    awaitRunning("app");
    assertThat(boundClaim("data").getSpec().getVolumeName()).isEqualTo("fits-" + namespace);
    assertThat(zoneOf("app")).isEqualTo(zones.get(1));
  }

  @Test
  void ephemeralVolume_isMadeInThePodsZone() throws Exception {
    V1Pod pod = Workloads.pod("app", Workloads.container("nginx"));
    pod.getSpec()
        .addVolumesItem(
            new V1Volume()
                .name("scratch")
                .ephemeral(
                    new V1EphemeralVolumeSource()
                        .volumeClaimTemplate(
                            new V1PersistentVolumeClaimTemplate()
                                .spec(claim("", disk, "1Gi").getSpec()))));
    create(pod);

    awaitRunning("app");
    assertThat(zoneOf("app")).isEqualTo(zoneOfVolume("app-scratch"));
  }

  private String storageClass(String name, String provisioner) {
    api.create(
        ResourceType.STORAGE_CLASSES,
        "",
        new V1StorageClass()
            .metadata(new V1ObjectMeta().name(name))
            .provisioner(provisioner)
            .volumeBindingMode("WaitForFirstConsumer"));
    return name;
  }

  private void volume(String name, String zone, String storageClass, String size) {
    V1PersistentVolume volume = ToyProvisioner.volume(name, zone, storageClass);
    volume
        .getSpec()
        .capacity(Map.of("storage", new Quantity(size)))
        .accessModes(List.of("ReadWriteOnce"))
        .persistentVolumeReclaimPolicy("Retain");
    ownVolumes.add(api.create(ResourceType.PERSISTENT_VOLUMES, "", volume));
  }

  private static V1PersistentVolumeClaim claim(String name, String storageClass, String size) {
    return new V1PersistentVolumeClaim()
        .metadata(new V1ObjectMeta().name(name))
        .spec(
            new V1PersistentVolumeClaimSpec()
                .storageClassName(storageClass)
                .accessModes(List.of("ReadWriteOnce"))
                .resources(
                    new V1VolumeResourceRequirements()
                        .requests(Map.of("storage", new Quantity(size)))));
  }

  private void createClaim(V1PersistentVolumeClaim claim) {
    api.create(ResourceType.PERSISTENT_VOLUME_CLAIMS, namespace, claim);
  }

  private V1PersistentVolumeClaim boundClaim(String name) {
    return api.get(ResourceType.PERSISTENT_VOLUME_CLAIMS, namespace, name).orElseThrow();
  }

  private static V1Pod podWith(String name, String claim) {
    V1Pod pod = Workloads.pod(name, Workloads.container("nginx"));
    pod.getSpec()
        .addVolumesItem(
            new V1Volume()
                .name("data")
                .persistentVolumeClaim(new V1PersistentVolumeClaimVolumeSource().claimName(claim)));
    return pod;
  }

  private static V1Affinity preferring(String zone) {
    return new V1Affinity()
        .nodeAffinity(
            new V1NodeAffinity()
                .addPreferredDuringSchedulingIgnoredDuringExecutionItem(
                    new V1PreferredSchedulingTerm()
                        .weight(1)
                        .preference(
                            new V1NodeSelectorTerm()
                                .addMatchExpressionsItem(
                                    new V1NodeSelectorRequirement()
                                        .key(ZONE)
                                        .operator("In")
                                        .values(List.of(zone))))));
  }

  private void create(V1Pod pod) {
    api.create(ResourceType.PODS, namespace, pod);
  }

  private V1Pod pod(String name) {
    return api.get(ResourceType.PODS, namespace, name).orElseThrow();
  }

  private boolean isRunning(String name) {
    return "Running".equals(pod(name).getStatus().getPhase());
  }

  private void awaitRunning(String name) {
    Await.until(name + " runs", () -> isRunning(name));
  }

  private String zoneOf(String pod) {
    return pod(pod).getMetadata().getLabels().get(ZONE);
  }

  /** Of the volume that a claim is bound to. */
  private String zoneOfVolume(String claim) {
    return api.get(ResourceType.PERSISTENT_VOLUMES, "", boundClaim(claim).getSpec().getVolumeName())
        .orElseThrow()
        .getSpec()
        .getNodeAffinity()
        .getRequired()
        .getNodeSelectorTerms()
        .getFirst()
        .getMatchExpressions()
        .getFirst()
        .getValues()
        .getFirst();
  }
}
