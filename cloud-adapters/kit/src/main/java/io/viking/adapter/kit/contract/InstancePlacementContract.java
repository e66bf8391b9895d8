package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.File;
import io.viking.cloud.v1.FileVolume;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.RegistryCredential;
import io.viking.cloud.v1.ZoneCandidate;
import org.junit.jupiter.api.Test;

/** Where an instance goes, what it is, and what is refused with the field that is wrong. */
public abstract class InstancePlacementContract extends ContractTopic {
  @Test
  void candidates_withStock_giveTheFirstZone() {
    TestCluster cluster = newCluster();

    Instance instance = cluster.running(cluster.spec().build());

    assertThat(instance.getZone()).isEqualTo(adapter().zones().getFirst().getZone());
    assertThat(instance.getVswitch()).as("vSwitch").isNotBlank();
  }

  @Test
  void candidates_firstZoneSoldOut_giveTheNext() {
    AdapterUnderTest.Stock stock = needs(adapter().stock(), "make a zone run out of stock");
    onlyIf(adapter().zones().size() > 1, "the harness has one zone only");
    TestCluster cluster = newCluster();
    stock.sellOut(adapter().zones().getFirst().getZone());

    Instance instance = cluster.running(cluster.spec().build());

    assertThat(instance.getZone()).isEqualTo(adapter().zones().get(1).getZone());
  }

  @Test
  void candidates_allSoldOut_areOutOfStock_andNothingIsMade() {
    AdapterUnderTest.Stock stock = needs(adapter().stock(), "make a zone run out of stock");
    TestCluster cluster = newCluster();
    adapter().zones().forEach(zone -> stock.sellOut(zone.getZone()));

    CloudFailure failure = cluster.refused(cluster.spec().build());

    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_OUT_OF_STOCK);
    assertThat(failure.metadata().getOrDefault("zones", "").split(","))
        .as("metadata \"zones\": those tried")
        .containsExactlyInAnyOrderElementsOf(
            adapter().zones().stream().map(ZoneCandidate::getZone).toList());
    assertThat(cluster.list()).isEmpty();
  }

  @Test
  void podWithoutRequests_getsOneCpuAndTwoGigabytes() {
    TestCluster cluster = newCluster();

    Instance instance = cluster.running(cluster.spec().build());

    assertThat(instance.getMilliVcpu()).as("thousandths of a vCPU").isEqualTo(1000);
    assertThat(instance.getMemoryMib()).as("MiB").isEqualTo(2048);
  }

  @Test
  void podWithRequests_getsAtLeastThat() {
    TestCluster cluster = newCluster();
    TestPod pod = cluster.pod().requesting("cpu", "1500m").requesting("memory", "3Gi");

    Instance instance = cluster.running(cluster.spec(pod).build());

    assertThat(instance.getMilliVcpu()).isGreaterThanOrEqualTo(1500);
    assertThat(instance.getMemoryMib()).isGreaterThanOrEqualTo(3072);
  }

  @Test
  void podBeyondEveryShape_isInvalid() {
    TestCluster cluster = newCluster();
    TestPod pod = cluster.pod().requesting("cpu", "20000").requesting("memory", "1Gi");

    assertInvalid(cluster, cluster.spec(pod));
  }

  @Test
  void typeThatDoesNotExist_isInvalid() {
    TestCluster cluster = newCluster();

    assertInvalid(cluster, cluster.spec().addInstanceTypes("ecs.of-the-moon"));
  }

  @Test
  void zoneThatDoesNotExist_isInvalid() {
    TestCluster cluster = newCluster();

    assertInvalid(
        cluster,
        cluster
            .spec()
            .clearZones()
            .addZones(ZoneCandidate.newBuilder().setZone("zone-of-the-moon")));
  }

  @Test
  void noZone_isInvalid() {
    TestCluster cluster = newCluster();

    assertInvalid(cluster, cluster.spec().clearZones());
  }

  @Test
  void attemptZero_isInvalid() {
    TestCluster cluster = newCluster();

    assertInvalid(cluster, cluster.spec().setAttempt(0));
  }

  @Test
  void noUid_isInvalid() {
    TestCluster cluster = newCluster();

    assertInvalid(cluster, cluster.spec().clearUid());
  }

  @Test
  void malformedManifest_isInvalid() {
    TestCluster cluster = newCluster();

    assertInvalid(cluster, cluster.spec().setPodManifest(ByteString.copyFromUtf8("{\"spec\": [")));
  }

  @Test
  void manifestWithoutContainers_isInvalid() {
    TestCluster cluster = newCluster();

    assertInvalid(
        cluster,
        cluster
            .spec()
            .setPodManifest(
                ByteString.copyFromUtf8(
                    "{\"metadata\":{\"name\":\"a\",\"namespace\":\"b\"},\"spec\":{\"containers\":[]}}")));
  }

  @Test
  void fileOutsideItsVolume_isInvalid() {
    TestCluster cluster = newCluster();
    FileVolume volume =
        FileVolume.newBuilder()
            .setVolume("config")
            .addFiles(File.newBuilder().setPath("../etc/passwd").setMode(420))
            .build();

    assertInvalid(cluster, cluster.spec(cluster.pod().withVolume("config")).addFiles(volume));
  }

  @Test
  void secrets_areNotEchoed_inRefusals() {
    String secret = "s3cr3t-0f-th3-t3st";
    TestCluster cluster = newCluster();
    InstanceSpec spec =
        cluster
            .spec()
            .addRegistryCredentials(
                RegistryCredential.newBuilder()
                    .setRegistry("registry.example.com")
                    .setUsername("robot")
                    .setPassword(secret))
            .addInstanceTypes("ecs.of-the-moon")
            .build();

    assertThat(cluster.create(spec).toString()).doesNotContain(secret);
  }

  private static void assertInvalid(TestCluster cluster, InstanceSpec.Builder spec) {
    CloudFailure failure = cluster.refused(spec.build());

    assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
    assertThat(failure.metadata().get("field")).as("metadata \"field\"").isNotBlank();
    assertThat(failure.message()).as("message").isNotBlank();
    assertThat(cluster.list()).isEmpty();
  }
}
