package io.viking.syncer.pods.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeJson;
import io.viking.syncer.pods.manifest.Resolution.Refused;
import io.viking.syncer.pods.manifest.Resolution.Waiting;
import io.viking.syncer.testing.FakeKubeApi;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Claims of pod shop/web, as the kubelet would find them. */
class ClaimResolverTest {
  private static final String UNBOUND = "\"spec\":{},\"status\":{\"phase\":\"Pending\"}";
  private static final String BOUND =
      "\"spec\":{\"volumeName\":\"pv-1\"},\"status\":{\"phase\":\"Bound\"}";

  private final FakeKubeApi api = new FakeKubeApi();
  private List<String> mountable = List.of("csi", "nfs");

  @Test
  void boundClaim_isReplacedByTheSourceOfItsVolume() throws Exception {
    claim("data", "", BOUND);
    volume(
        "\"capacity\":{\"storage\":\"1Gi\"},\"accessModes\":[\"ReadWriteOnce\"],\"mountOptions\":[\"noatime\"],"
            + "\"claimRef\":{\"name\":\"data\"},\"csi\":{\"driver\":\"toy\",\"volumeHandle\":\"v-1\"}");

    JsonObject spec = resolve("\"persistentVolumeClaim\":{\"claimName\":\"data\"}");

    assertThat(spec.get("volumes").toString())
        .isEqualTo(
            "[{\"name\":\"v\",\"csi\":{\"driver\":\"toy\",\"volumeHandle\":\"v-1\"},\"mountOptions\":[\"noatime\"]}]");
    assertThat(spec.get("containers").toString()).doesNotContain("readOnly");
  }

  @Test
  void claimForReadingOnly_isMountedSo() throws Exception {
    claim("data", "", BOUND);
    volume("\"nfs\":{\"server\":\"s\",\"path\":\"/\"}");

    JsonObject spec =
        resolve("\"persistentVolumeClaim\":{\"claimName\":\"data\",\"readOnly\":true}");

    assertThat(spec.get("containers").toString())
        .contains("{\"name\":\"v\",\"mountPath\":\"/v\",\"readOnly\":true}")
        .contains("{\"name\":\"other\",\"mountPath\":\"/o\"}");
  }

  @Test
  void ephemeralVolume_isThePodsOwnClaim() throws Exception {
    claim("web-v", "\"ownerReferences\":[{\"uid\":\"uid-1\",\"controller\":true}],", BOUND);
    volume("\"csi\":{\"driver\":\"toy\",\"volumeHandle\":\"v-1\"}");

    assertThat(resolve("\"ephemeral\":{}").get("volumes").toString()).contains("v-1");
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "data | PVC is not bound",
        "none | failed to fetch PVC from API server: persistentvolumeclaims \"none\" not found",
        "going | PVC is being deleted",
        "orphan | failed to fetch PV pv-1 from API server: persistentvolumes \"pv-1\" not found",
      })
  void claim_thatCannotBeMountedYet_keepsThePodWaitingInTheKubeletsWords(String claim, String words)
      throws Exception {
    claim("data", "", UNBOUND);
    claim("going", "\"deletionTimestamp\":\"2026-01-01T00:00:00Z\",", BOUND);
    claim("orphan", "", BOUND);

    assertThat(outcome("\"persistentVolumeClaim\":{\"claimName\":\"" + claim + "\"}"))
        .isEqualTo(
            new Waiting(
                "",
                "ContainerCreating",
                "Unable to attach or mount volumes: unmounted volumes=[v], unattached volumes=[],"
                    + " failed to process volumes=[v]: error processing PVC shop/"
                    + claim
                    + ": "
                    + words));
  }

  @Test
  void ephemeralClaim_ofAnotherPod_isNotUsed() throws Exception {
    claim("web-v", "\"ownerReferences\":[{\"uid\":\"uid-2\",\"controller\":true}],", BOUND);

    assertThat(((Waiting) outcome("\"ephemeral\":{}")).message())
        .endsWith("PVC was not created for pod shop/web (pod is not owner)");
  }

  @Test
  void volume_thatThePoolCannotMount_isRefusedWithTheAlternatives() throws Exception {
    claim("data", "", BOUND);
    volume("\"hostPath\":{\"path\":\"/\"}");
    String source = "\"persistentVolumeClaim\":{\"claimName\":\"data\"}";

    assertThat(outcome(source))
        .isEqualTo(
            new Refused(
                "UnsupportedVolume",
                "volume \"v\": the volume of persistentvolumeclaim \"data\" has the source hostPath,"
                    + " which this pool cannot mount; it has csi, nfs"));
    mountable = List.of();
    assertThat(((Refused) outcome(source)).message()).endsWith("it has no persistent volumes");
  }

  @Test
  void blockDevice_isRefused() throws Exception {
    claim("data", "", BOUND);
    volume("\"volumeMode\":\"Block\",\"csi\":{\"driver\":\"toy\",\"volumeHandle\":\"v-1\"}");

    assertThat(((Refused) outcome("\"persistentVolumeClaim\":{\"claimName\":\"data\"}")).message())
        .isEqualTo(
            "volume \"v\": persistentvolumeclaim \"data\" is a block device, which cannot be had"
                + " here; use volumeMode Filesystem");
  }

  private void claim(String name, String metadata, String rest) {
    api.with(
        ResourceType.PERSISTENT_VOLUME_CLAIMS,
        KubeJson.read(
            "{\"metadata\":{%s\"namespace\":\"shop\",\"name\":\"%s\"},%s}"
                .formatted(metadata, name, rest),
            V1PersistentVolumeClaim.class));
  }

  private void volume(String spec) {
    api.with(
        ResourceType.PERSISTENT_VOLUMES,
        KubeJson.read(
            "{\"metadata\":{\"name\":\"pv-1\"},\"spec\":{" + spec + "}}",
            V1PersistentVolume.class));
  }

  private JsonObject resolve(String source) throws Exception {
    JsonObject spec =
        JsonParser.parseString(
                "{\"volumes\":[{\"name\":\"v\","
                    + source
                    + "}],\"containers\":[{\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"/v\"},"
                    + "{\"name\":\"other\",\"mountPath\":\"/o\"}]}]}")
            .getAsJsonObject();
    JsonObject pod =
        JsonParser.parseString(
                "{\"metadata\":{\"namespace\":\"shop\",\"name\":\"web\",\"uid\":\"uid-1\"}}")
            .getAsJsonObject();
    var reader = new ReferenceReader(api, Runnable::run, Ticker.disabledTicker());
    new ClaimResolver(reader, () -> mountable)
        .resolve(pod, spec, spec.getAsJsonArray("volumes").get(0).getAsJsonObject());
    return spec;
  }

  private Resolution outcome(String source) throws Exception {
    try {
      throw new AssertionError("resolved to " + resolve(source));
    } catch (UnresolvedException unresolved) {
      return unresolved.resolution();
    }
  }
}
