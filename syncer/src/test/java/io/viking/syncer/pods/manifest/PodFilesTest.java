package io.viking.syncer.pods.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.ByteString;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Secret;
import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.v1.Capabilities;
import io.viking.cloud.v1.File;
import io.viking.cloud.v1.FileVolume;
import io.viking.cloud.v1.GetCatalogResponse;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeJson;
import io.viking.kube.profile.ProfileSource;
import io.viking.syncer.pods.manifest.FileSource.Has;
import io.viking.syncer.pods.manifest.FileSource.Reading;
import io.viking.syncer.testing.FakeKubeApi;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PodFilesTest {
  private static final V1Pod POD =
      pod(
          """
          "serviceAccountName":"robot","containers":[{"name":"app"}],"volumes":[
            {"name":"conf","configMap":{"name":"settings"}},
            {"name":"pw","secret":{"secretName":"login"}},
            {"name":"scratch","emptyDir":{}},
            {"name":"api","projected":{"sources":[
              {"serviceAccountToken":{"path":"token","expirationSeconds":600}},
              {"configMap":{"name":"root-ca"}}]}}]
          """);

  private final FakeKubeApi api = new FakeKubeApi();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final PodManifestResolver resolver =
      new PodManifestResolver(
          api,
          new ManifestConfig("10.0.0.1", 6443, "10.0.0.2", ManifestConfig.Dns.NONE),
          ProfileSource.NONE,
          Capabilities::getDefaultInstance,
          () -> CatalogSnapshot.of(GetCatalogResponse.getDefaultInstance()),
          executor,
          () -> 0);
  private final FileSource files = resolver.files();

  @BeforeEach
  void fill() {
    api.with(ResourceType.CONFIG_MAPS, configMap("settings", "red"));
    api.with(ResourceType.CONFIG_MAPS, configMap("root-ca", "ca"));
    api.with(ResourceType.SECRETS, secret("hunter2"));
  }

  @AfterEach
  void close() {
    executor.close();
  }

  @Test
  void read_ofWhatTheInstanceWasMadeWith_isUnchanged_andAsksForNoToken() throws Exception {
    FileFacts made = ((Resolution.Resolved) resolver.resolve(POD)).files();
    assertThat(made.digests()).containsOnlyKeys("conf", "pw", "api");
    assertThat(made.tokenLife()).hasValue(Duration.ofSeconds(600));

    Reading.Read read = read(POD, new Has(made.digests(), false, false));

    assertThat(read.changed()).isEmpty();
    assertThat(read.facts().digests()).isEqualTo(made.digests());
    assertThat(tokenRequests()).isEqualTo(1);
  }

  @Test
  void read_afterAChange_isThatVolume_wholeAndAlone() throws Exception {
    FileFacts made = ((Resolution.Resolved) resolver.resolve(POD)).files();
    change(configMap("settings", "blue"));

    Reading.Read read = read(POD, new Has(made.digests(), false, false));

    assertThat(read.changed())
        .singleElement()
        .isEqualTo(
            FileVolume.newBuilder()
                .setVolume("conf")
                .addFiles(
                    File.newBuilder()
                        .setPath("key")
                        .setMode(0644)
                        .setContent(ByteString.copyFromUtf8("blue")))
                .build());
    assertThat(tokenRequests()).isEqualTo(1);
  }

  @Test
  void read_changeBesideAToken_bringsANewToken() throws Exception {
    FileFacts made = ((Resolution.Resolved) resolver.resolve(POD)).files();
    change(configMap("root-ca", "another"));

    Reading.Read read = read(POD, new Has(made.digests(), false, false));

    assertThat(read.changed()).extracting(FileVolume::getVolume).containsExactly("api");
    assertThat(read.facts().tokenLife()).hasValue(Duration.ofSeconds(600));
    assertThat(tokenRequests()).isEqualTo(2);
  }

  @Test
  void read_tokensDue_bringsThoseAlone() throws Exception {
    FileFacts made = ((Resolution.Resolved) resolver.resolve(POD)).files();

    Reading.Read read = read(POD, new Has(made.digests(), true, true));

    assertThat(read.changed()).extracting(FileVolume::getVolume).containsExactly("api");
    assertThat(read.changed().getFirst().getFiles(0).getContent().toStringUtf8())
        .contains("robot for web/uid-1");
  }

  @Test
  void read_afterARestart_leavesVolumesWithTokensAlone() throws Exception {
    Reading.Read read = read(POD, new Has(Map.of(), false, true));

    assertThat(read.changed()).extracting(FileVolume::getVolume).containsExactly("conf", "pw");
    assertThat(read.facts().digests()).containsOnlyKeys("conf", "pw");
    assertThat(tokenRequests()).isZero();
  }

  @Test
  void read_oneIsMissing_givesTheOthers_andSaysWhich() throws Exception {
    V1Pod pod =
        pod(
            """
            "containers":[{"name":"app"}],"volumes":[
              {"name":"gone","configMap":{"name":"absent"}},{"name":"conf","configMap":{"name":"settings"}}]
            """);

    Reading.Read read = read(pod, new Has(Map.of(), false, false));

    assertThat(read.missing())
        .hasValue("MountVolume.SetUp failed for volume \"gone\" : configmap \"absent\" not found");
    assertThat(read.changed()).extracting(FileVolume::getVolume).containsExactly("conf");
  }

  @Test
  void read_immutable_isSaid() throws Exception {
    change(configMap("settings", "red").immutable(true));

    assertThat(read(POD, new Has(Map.of(), false, true)).facts().immutable())
        .containsExactly(Reference.configMap("shop", "settings"));
  }

  @Test
  void read_apiServerOutOfReach_knowsNothing() throws Exception {
    api.failWith(Optional.of(new KubeApiException(503, "", "overloaded", Optional.empty())));

    assertThat(files.read(POD, new Has(Map.of(), false, false))).isInstanceOf(Reading.Failed.class);
  }

  @Test
  void manyPods_afterAChange_readItOnce() throws Exception {
    FileFacts made = ((Resolution.Resolved) resolver.resolve(POD)).files();
    change(configMap("settings", "blue"));
    long before = api.calls().stream().filter(call -> call.endsWith("settings")).count();

    for (int i = 0; i < 500; i++) {
      assertThat(read(POD, new Has(made.digests(), false, false)).changed()).hasSize(1);
    }

    assertThat(api.calls().stream().filter(call -> call.endsWith("settings")).count())
        .isEqualTo(before + 1);
  }

  @Test
  void whatIsSecret_isInNoLogAndNoText() throws Exception {
    var appender = new ListAppender<ILoggingEvent>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level level = root.getLevel();
    appender.start();
    root.addAppender(appender);
    root.setLevel(Level.ALL);
    try {
      Resolution resolved = resolver.resolve(POD);
      Reading read = files.read(POD, new Has(Map.of(), true, false));
      LoggerFactory.getLogger(getClass()).info("{} {}", resolved, read);
    } finally {
      root.setLevel(level);
      root.detachAppender(appender);
    }

    assertThat(appender.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .isNotEmpty()
        .noneMatch(line -> line.contains("hunter2") || line.contains("token of robot"));
  }

  private long tokenRequests() {
    return api.calls().stream().filter(call -> call.startsWith("TOKEN")).count();
  }

  private void change(V1ConfigMap configMap) {
    api.with(ResourceType.CONFIG_MAPS, configMap);
    files.changed(Reference.configMap("shop", configMap.getMetadata().getName()));
  }

  private Reading.Read read(V1Pod pod, Has has) throws InterruptedException {
    Reading reading = files.read(pod, has);
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return (Reading.Read) reading;
  }

  private static V1ConfigMap configMap(String name, String value) {
    return new V1ConfigMap()
        .metadata(new V1ObjectMeta().namespace("shop").name(name))
        .data(Map.of("key", value));
  }

  private static V1Secret secret(String value) {
    return new V1Secret()
        .metadata(new V1ObjectMeta().namespace("shop").name("login"))
        .data(Map.of("pw", value.getBytes(StandardCharsets.UTF_8)));
  }

  private static V1Pod pod(String spec) {
    return KubeJson.read(
        "{\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\",\"uid\":\"uid-1\"},\"spec\":{\"nodeName\":\"zone-a\","
            + spec
            + "}}",
        V1Pod.class);
  }
}
