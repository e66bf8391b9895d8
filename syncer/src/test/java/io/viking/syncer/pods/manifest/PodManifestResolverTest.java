package io.viking.syncer.pods.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.v1.Capabilities;
import io.viking.cloud.v1.File;
import io.viking.cloud.v1.GetCatalogResponse;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.VSwitch;
import io.viking.cloud.v1.Zone;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeJson;
import io.viking.kube.profile.Additions;
import io.viking.kube.profile.ClusterProfile;
import io.viking.kube.profile.ProfileRule;
import io.viking.kube.profile.ProfileSource;
import io.viking.syncer.pods.json.Json;
import io.viking.syncer.pods.manifest.Resolution.Refused;
import io.viking.syncer.pods.manifest.Resolution.Resolved;
import io.viking.syncer.pods.manifest.Resolution.Retry;
import io.viking.syncer.pods.manifest.Resolution.Waiting;
import io.viking.syncer.pods.manifest.Resolution.Warning;
import io.viking.syncer.testing.FakeKubeApi;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodManifestResolverTest {
  private static final Capabilities POOL =
      Capabilities.newBuilder().addVolumeSources("nfs").setClusterIp(false).build();
  private static final CatalogSnapshot CATALOG =
      CatalogSnapshot.of(
          GetCatalogResponse.newBuilder()
              .addZones(
                  Zone.newBuilder()
                      .setId("zone-a")
                      .addVswitches(VSwitch.newBuilder().setId("vsw-a")))
              .addZones(
                  Zone.newBuilder()
                      .setId("zone-b")
                      .addVswitches(VSwitch.newBuilder().setId("vsw-b")))
              .build());
  private static final ManifestConfig CONFIG =
      new ManifestConfig(
          "10.0.0.1",
          6443,
          "10.0.0.2",
          new ManifestConfig.Dns(
              List.of("10.0.0.53"), List.of("100.100.2.136"), false, "cluster.local"));

  private final FakeKubeApi api = new FakeKubeApi();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong nanos = new AtomicLong();
  private ProfileSource profile = ProfileSource.NONE;

  private record Fixed(Optional<ClusterProfile> current) implements ProfileSource {
    @Override
    public Subscription onChange(Runnable listener) {
      return () -> {};
    }
  }

  @AfterEach
  void close() {
    executor.close();
  }

  @Test
  void env_fromEverywhere_isResolvedInTheKubeletsOrder() throws Exception {
    api.with(ResourceType.CONFIG_MAPS, configMap("settings", Map.of("COLOR", "red", "SIZE", "1")));
    api.with(ResourceType.SECRETS, secret("login", Map.of("user", "alice")));

    Map<String, JsonObject> env =
        env(
            """
            {"name":"app","image":"i","command":["run","$(COLOR)","$(POD_IP)"],"args":["$$(COLOR)","$(NOPE)"],
             "resources":{"limits":{"cpu":"2"}},
             "envFrom":[{"configMapRef":{"name":"settings"}},
                        {"prefix":"LOGIN_","secretRef":{"name":"login"}},
                        {"configMapRef":{"name":"absent","optional":true}}],
             "env":[{"name":"SIZE","value":"2"},
                    {"name":"BOTH","value":"$(COLOR)-$(SIZE)-$(LATER)-$(KUBERNETES_SERVICE_HOST)"},
                    {"name":"LATER","value":"x"},
                    {"name":"NAME","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}},
                    {"name":"TIER","valueFrom":{"fieldRef":{"fieldPath":"metadata.labels['tier']"}}},
                    {"name":"POD_IP","valueFrom":{"fieldRef":{"fieldPath":"status.podIP"}}},
                    {"name":"CPUS","valueFrom":{"resourceFieldRef":{"resource":"limits.cpu"}}},
                    {"name":"PASS","valueFrom":{"secretKeyRef":{"name":"login","key":"pw","optional":true}}},
                    {"name":"USER","valueFrom":{"secretKeyRef":{"name":"login","key":"user"}}}]}
            """);

    assertThat(text(env, "COLOR")).isEqualTo("red");
    assertThat(text(env, "LOGIN_user")).isEqualTo("alice");
    assertThat(text(env, "SIZE")).as("env wins over envFrom").isEqualTo("2");
    assertThat(text(env, "BOTH")).isEqualTo("red-2-$(LATER)-10.0.0.1");
    assertThat(text(env, "NAME")).isEqualTo("web");
    assertThat(text(env, "TIER")).isEqualTo("front");
    assertThat(text(env, "CPUS")).isEqualTo("2");
    assertThat(text(env, "USER")).isEqualTo("alice");
    assertThat(env).doesNotContainKey("PASS");
    assertThat(env.get("POD_IP").toString()).contains("\"fieldPath\":\"status.podIP\"");
    assertThat(text(env, "KUBERNETES_SERVICE_PORT")).isEqualTo("6443");
    assertThat(text(env, "KUBERNETES_PORT_6443_TCP_ADDR")).isEqualTo("10.0.0.1");
    JsonObject container = container(resolved(lastPod));
    assertThat(Json.strings(container, "command")).containsExactly("run", "red", "$(POD_IP)");
    assertThat(Json.strings(container, "args")).containsExactly("$(COLOR)", "$(NOPE)");
    assertThat(container.has("envFrom")).isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"envFrom\":[{\"configMapRef\":{\"name\":\"x\"}}]} | configmap \"x\" not found",
        "{\"envFrom\":[{\"secretRef\":{\"name\":\"x\"}}]} | secret \"x\" not found",
        "{\"env\":[{\"name\":\"A\",\"valueFrom\":{\"configMapKeyRef\":{\"name\":\"settings\",\"key\":\"k\"}}}]}"
            + " | couldn't find key k in ConfigMap shop/settings",
        "{\"env\":[{\"name\":\"A\",\"valueFrom\":{\"secretKeyRef\":{\"name\":\"login\",\"key\":\"k\"}}}]}"
            + " | couldn't find key k in Secret shop/login",
      })
  void env_missingReference_waitsInTheKubeletsWords(String container, String message)
      throws Exception {
    api.with(ResourceType.CONFIG_MAPS, configMap("settings", Map.of()));
    api.with(ResourceType.SECRETS, secret("login", Map.of()));
    JsonObject app = JsonParser.parseString(container).getAsJsonObject();
    app.addProperty("name", "app");

    Resolution resolution = resolver().resolve(pod("\"containers\":[" + app + "]", "{}"));

    assertThat(resolution).isEqualTo(new Waiting("app", "CreateContainerConfigError", message));
  }

  @Test
  void env_missingReferenceAppears_isFoundOnALaterTry() throws Exception {
    V1Pod pod =
        pod(
            "\"containers\":[{\"name\":\"app\",\"envFrom\":[{\"configMapRef\":{\"name\":\"x\"}}]}]",
            "{}");
    PodManifestResolver resolver = resolver();
    assertThat(resolver.resolve(pod)).isInstanceOf(Waiting.class);

    api.with(ResourceType.CONFIG_MAPS, configMap("x", Map.of("K", "v")));
    nanos.addAndGet(ReferenceReader.MISS.toNanos() + 1);

    assertThat(resolver.resolve(pod)).isInstanceOf(Resolved.class);
  }

  @Test
  void env_invalidName_isSkippedWithAWarning() throws Exception {
    api.with(ResourceType.CONFIG_MAPS, configMap("settings", Map.of("a", "1")));

    Resolved resolved =
        resolved(
            pod(
                "\"containers\":[{\"name\":\"app\",\"envFrom\":[{\"prefix\":\"b=\",\"configMapRef\":{\"name\":\"settings\"}}]}]",
                "{}"));

    assertThat(resolved.warnings())
        .containsExactly(
            new Warning(
                "InvalidEnvironmentVariableNames",
                "Keys [b=a] from the EnvFrom configMap shop/settings were skipped since they are"
                    + " considered invalid environment variable names."));
  }

  @Test
  void volumes_ofFiles_becomeFilesAndEmptyDirs() throws Exception {
    api.with(ResourceType.CONFIG_MAPS, configMap("settings", Map.of("a.conf", "A", "b.conf", "B")));
    api.with(ResourceType.CONFIG_MAPS, configMap("kube-root-ca.crt", Map.of("ca.crt", "CA")));
    api.with(ResourceType.SECRETS, secret("login", Map.of("pw", "s3cret")));

    Resolved resolved =
        resolved(
            pod(
                """
                "serviceAccountName":"robot","containers":[{"name":"app"}],"volumes":[
                  {"name":"all","configMap":{"name":"settings","defaultMode":420}},
                  {"name":"some","configMap":{"name":"settings","items":[{"key":"a.conf","path":"dir/a","mode":256}]}},
                  {"name":"pw","secret":{"secretName":"login","defaultMode":256}},
                  {"name":"gone","secret":{"secretName":"absent","optional":true}},
                  {"name":"info","downwardAPI":{"items":[{"path":"labels","fieldRef":{"fieldPath":"metadata.labels"}}]}},
                  {"name":"scratch","emptyDir":{}},
                  {"name":"share","nfs":{"server":"s","path":"/"}},
                  {"name":"kube-api-access-x","projected":{"defaultMode":420,"sources":[
                     {"serviceAccountToken":{"path":"token","expirationSeconds":3607}},
                     {"configMap":{"name":"kube-root-ca.crt","items":[{"key":"ca.crt","path":"ca.crt"}]}},
                     {"downwardAPI":{"items":[{"path":"namespace","fieldRef":{"fieldPath":"metadata.namespace"}}]}}]}}]
                """,
                "{}"));

    Map<String, List<String>> files = new LinkedHashMap<>();
    resolved
        .spec()
        .getFilesList()
        .forEach(
            volume ->
                files.put(
                    volume.getVolume(), volume.getFilesList().stream().map(this::show).toList()));
    assertThat(files)
        .containsEntry("all", List.of("a.conf 644 A", "b.conf 644 B"))
        .containsEntry("some", List.of("dir/a 400 A"))
        .containsEntry("pw", List.of("pw 400 s3cret"))
        .containsEntry("gone", List.of())
        .containsEntry("info", List.of("labels 644 app=\"web\"\ntier=\"front\""))
        .containsEntry(
            "kube-api-access-x",
            List.of(
                "token 644 token of robot for web/uid-1 [] 3607s",
                "ca.crt 644 CA",
                "namespace 644 shop"))
        .hasSize(6);
    List<JsonObject> volumes = Json.objects(manifestSpec(resolved), "volumes");
    assertThat(volumes).filteredOn(v -> v.has("emptyDir")).hasSize(7);
    assertThat(volumes).filteredOn(v -> v.has("nfs")).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"configMap\":{\"name\":\"x\"}} | configmap \"x\" not found",
        "{\"secret\":{\"secretName\":\"x\"}} | secret \"x\" not found",
        "{\"configMap\":{\"name\":\"settings\",\"items\":[{\"key\":\"k\",\"path\":\"p\"}]}}"
            + " | configmap references non-existent config key: k",
      })
  void volume_missingReference_keepsContainersCreating(String source, String message)
      throws Exception {
    api.with(ResourceType.CONFIG_MAPS, configMap("settings", Map.of()));
    JsonObject volume = JsonParser.parseString(source).getAsJsonObject();
    volume.addProperty("name", "v");

    Waiting waiting =
        (Waiting)
            resolver()
                .resolve(
                    pod("\"containers\":[{\"name\":\"app\"}],\"volumes\":[" + volume + "]", "{}"));

    assertThat(waiting)
        .isEqualTo(
            new Waiting(
                "", "ContainerCreating", "MountVolume.SetUp failed for volume \"v\" : " + message));
    assertThat(waiting.eventReason()).isEqualTo("FailedMount");
  }

  @Test
  void token_otherVolumeIsMissing_isNotAskedFor() throws Exception {
    resolver()
        .resolve(
            pod(
                """
                "containers":[{"name":"app"}],"volumes":[
                  {"name":"t","projected":{"sources":[{"serviceAccountToken":{"path":"token"}}]}},
                  {"name":"v","configMap":{"name":"x"}}]
                """,
                "{}"));

    assertThat(api.calls()).noneMatch(call -> call.startsWith("TOKEN"));
  }

  @Test
  void volume_notOfThePool_isRefusedWithTheAlternatives() throws Exception {
    Resolution resolution =
        resolver()
            .resolve(
                pod(
                    "\"containers\":[{\"name\":\"app\"}],\"volumes\":[{\"name\":\"h\",\"hostPath\":{\"path\":\"/\"}}]",
                    "{}"));

    assertThat(resolution)
        .isEqualTo(
            new Refused(
                "UnsupportedVolume",
                "volume \"h\" has the source hostPath, which this pool does not have; it has"
                    + " emptyDir, configMap, secret, downwardAPI, projected, nfs"));
  }

  @Test
  void annotation_malformed_isRefusedByName() throws Exception {
    Resolution resolution =
        resolver()
            .resolve(pod("\"containers\":[]", "{\"k8s.aliyun.com/eci-spot-strategy\":\"cheap\"}"));

    assertThat(((Refused) resolution).message())
        .isEqualTo(
            "annotation k8s.aliyun.com/eci-spot-strategy is \"cheap\", but must be one of NoSpot,"
                + " SpotAsPriceGo, SpotWithPriceLimit");
  }

  @Test
  void annotation_notKnown_isPassedOnWithAWarning() throws Exception {
    var resolved =
        resolved(pod("\"containers\":[]", "{\"k8s.aliyun.com/eci-use-spec\":\"2-4Gi\"}"));

    assertThat(resolved.spec().getExtensionsMap())
        .containsEntry("k8s.aliyun.com/eci-use-spec", "2-4Gi");
    assertThat(resolved.warnings())
        .containsExactly(
            new Resolution.Warning(
                "UnknownAnnotation",
                "annotation k8s.aliyun.com/eci-use-spec is not known here; it is passed on to the"
                    + " cloud as it is. Did you mean k8s.aliyun.com/eci-use-specs?"));
  }

  @Test
  void profile_notKnownYet_isWaitedFor() throws Exception {
    profile = new Fixed(Optional.empty());

    assertThat(resolver().resolve(pod("\"containers\":[]", "{}")))
        .isEqualTo(new Resolution.Retry("the cluster's profile is not known yet"));
  }

  @Test
  void profile_defaults_areOnTheInstance_andYieldToThePod() throws Exception {
    profile =
        new Fixed(
            Optional.of(
                new ClusterProfile(
                    Map.of(
                        "k8s.aliyun.com/eci-security-group", "sg-1",
                        "k8s.aliyun.com/eci-vswitch", "vsw-b",
                        "k8s.aliyun.com/eci-resource-group-id", "rg-1"),
                    List.of())));
    String bound = "\"viking.io/zones\":\"zone-a,zone-b\",\"viking.io/vswitches\":\"vsw-a\"";

    InstanceSpec plain = resolved(pod("\"containers\":[]", "{" + bound + "}")).spec();
    assertThat(plain.getNetwork().getSecurityGroupsList()).containsExactly("sg-1");
    assertThat(plain.getExtensionsMap())
        .containsEntry("k8s.aliyun.com/eci-resource-group-id", "rg-1");
    assertThat(plain.getZonesList()).extracting("zone").containsExactly("zone-a");

    InstanceSpec own =
        resolved(
                pod(
                    "\"containers\":[]",
                    "{" + bound + ",\"k8s.aliyun.com/eci-security-group\":\"sg-9\"}"))
            .spec();
    assertThat(own.getNetwork().getSecurityGroupsList()).containsExactly("sg-9");
  }

  @Test
  void profile_rules_areForPodsThatCameToTheirZonePastTheScheduler() throws Exception {
    profile =
        new Fixed(
            Optional.of(
                new ClusterProfile(
                    Map.of(),
                    List.of(
                        new ProfileRule(
                            "",
                            Map.of("team", "a"),
                            Map.of("tier", "front"),
                            new Additions(
                                Map.of(), Map.of("k8s.aliyun.com/eci-custom-tags", "a:b")))))));
    api.with(
        ResourceType.NAMESPACES,
        new V1Namespace().metadata(new V1ObjectMeta().name("shop").labels(Map.of("team", "a"))));

    assertThat(resolved(pod("\"containers\":[]", "{}")).spec().getTagsMap())
        .containsEntry("a", "b");
    assertThat(
            resolved(pod("\"containers\":[]", "{\"viking.io/zones\":\"zone-a\"}"))
                .spec()
                .getTagsMap())
        .isEmpty();
  }

  @Test
  void zones_ofTheBinding_areCandidatesInOrder() throws Exception {
    InstanceSpec spec =
        resolved(pod("\"containers\":[]", "{\"viking.io/zones\":\"zone-b,zone-a\"}")).spec();

    assertThat(spec.getZonesList()).extracting("zone").containsExactly("zone-b", "zone-a");
  }

  @Test
  void types_ofTheBinding_areAskedForInTheirOrder_insteadOfTheAnnotations() throws Exception {
    InstanceSpec spec =
        resolved(
                pod(
                    "\"containers\":[]",
                    "{\"viking.io/instance-types\":\"ecs.c6.large,ecs.g6.large\",\"k8s.aliyun.com/eci-use-specs\":\"2-4Gi,ecs.c6.large\"}"))
            .spec();

    assertThat(spec.getInstanceTypesList()).containsExactly("ecs.c6.large", "ecs.g6.large");
  }

  @Test
  void types_withoutTheBindings_areTheAnnotations() throws Exception {
    InstanceSpec spec =
        resolved(pod("\"containers\":[]", "{\"k8s.aliyun.com/eci-use-specs\":\"2-4Gi\"}")).spec();

    assertThat(spec.getInstanceTypesList()).containsExactly("2-4Gi");
  }

  @Test
  void zones_withoutAnnotation_isTheNode() throws Exception {
    assertThat(resolved(pod("\"containers\":[]", "{}")).spec().getZonesList())
        .extracting("zone")
        .containsExactly("zone-a");
  }

  @Test
  void zones_withVswitches_areThoseWhereTheyLie() throws Exception {
    InstanceSpec spec =
        resolved(
                pod(
                    "\"containers\":[]",
                    "{\"viking.io/zones\":\"zone-a,zone-b\",\"k8s.aliyun.com/eci-vswitch\":\"vsw-b\"}"))
            .spec();

    assertThat(spec.getZonesList()).hasSize(1);
    assertThat(spec.getZones(0).getZone()).isEqualTo("zone-b");
    assertThat(spec.getZones(0).getVswitchesList()).containsExactly("vsw-b");
  }

  @Test
  void zones_vswitchLiesElsewhere_isRefused() throws Exception {
    assertThat(
            resolver()
                .resolve(pod("\"containers\":[]", "{\"k8s.aliyun.com/eci-vswitch\":\"vsw-b\"}")))
        .isInstanceOf(Refused.class);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | None | 10.0.0.53 | shop.svc.cluster.local svc.cluster.local cluster.local | ndots=5",
        "{\"dnsPolicy\":\"Default\"} | None | 100.100.2.136 | '' | ''",
        "{\"dnsPolicy\":\"None\",\"dnsConfig\":{\"nameservers\":[\"1.1.1.1\"],\"searches\":[\"x\"]}}"
            + " | None | 1.1.1.1 | x | ''",
        "{\"dnsConfig\":{\"nameservers\":[\"1.1.1.1\"],\"options\":[{\"name\":\"ndots\",\"value\":\"1\"},{\"name\":\"rotate\"}]}}"
            + " | None | 10.0.0.53 1.1.1.1 | shop.svc.cluster.local svc.cluster.local cluster.local | ndots=1 rotate",
      })
  void dns_table(String given, String policy, String nameservers, String searches, String options) {
    JsonObject spec = JsonParser.parseString(given).getAsJsonObject();

    DnsResolver.resolve(spec, "shop", CONFIG.dns(), new ArrayList<>());

    JsonObject config = spec.getAsJsonObject("dnsConfig");
    assertThat(Json.string(spec, "dnsPolicy")).isEqualTo(policy);
    assertThat(String.join(" ", Json.strings(config, "nameservers"))).isEqualTo(nameservers);
    assertThat(String.join(" ", Json.strings(config, "searches"))).isEqualTo(searches);
    assertThat(
            String.join(
                " ",
                Json.objects(config, "options").stream()
                    .map(
                        o ->
                            Json.string(o, "name")
                                + (o.has("value") ? "=" + Json.string(o, "value") : ""))
                    .toList()))
        .isEqualTo(options);
  }

  @Test
  void dns_withoutNameservers_isLeftToTheInstance() {
    JsonObject spec = new JsonObject();

    DnsResolver.resolve(spec, "shop", ManifestConfig.Dns.NONE, new ArrayList<>());

    assertThat(Json.string(spec, "dnsPolicy")).isEqualTo("Default");
    assertThat(spec.has("dnsConfig")).isFalse();
  }

  @Test
  void dns_whereThePoolKnowsTheCluster_needsTheSearchListAlone() {
    JsonObject spec = new JsonObject();

    DnsResolver.resolve(
        spec,
        "shop",
        new ManifestConfig.Dns(List.of(), List.of(), true, "cluster.local"),
        new ArrayList<>());

    assertThat(Json.string(spec, "dnsPolicy")).isEqualTo("Default");
    assertThat(Json.strings(Json.object(spec, "dnsConfig").orElseThrow(), "searches"))
        .containsExactly("shop.svc.cluster.local", "svc.cluster.local", "cluster.local");
  }

  @Test
  void pullSecrets_becomeCredentialsAndNoMessageHoldsThem() throws Exception {
    api.with(
        ResourceType.SECRETS,
        secret(
            "pull",
            Map.of(
                ".dockerconfigjson",
                "{\"auths\":{\"https://index.docker.io/v1/\":{\"auth\":\"YWxpY2U6aHVudGVyMg==\"},"
                    + "\"reg.example.com\":{\"username\":\"bob\",\"password\":\"pw\"}}}")));

    Resolved resolved =
        resolved(
            pod(
                "\"containers\":[],\"imagePullSecrets\":[{\"name\":\"pull\"},{\"name\":\"absent\"}]",
                "{}"));

    assertThat(resolved.spec().getRegistryCredentialsList())
        .extracting(c -> c.getRegistry() + " " + c.getUsername() + " " + c.getPassword())
        .containsExactly("index.docker.io alice hunter2", "reg.example.com bob pw");
    assertThat(resolved.warnings())
        .extracting(Warning::reason)
        .containsExactly("FailedToRetrieveImagePullSecret");
    assertThat(resolved.spec().getPodManifest().toStringUtf8()).doesNotContain("hunter2", "pull");
  }

  @Test
  void manifest_isSelfContained() throws Exception {
    JsonObject manifest =
        manifest(
            resolved(
                pod(
                    """
                    "serviceAccountName":"robot","schedulerName":"viking","tolerations":[{"operator":"Exists"}],
                    "hostAliases":[{"ip":"1.2.3.4","hostnames":["h"]}],"containers":[{"name":"app"}]
                    """,
                    "{\"sim.viking.io/run-seconds\":\"1\"}")));

    assertThat(manifest.keySet())
        .containsExactlyInAnyOrder("apiVersion", "kind", "metadata", "spec");
    assertThat(manifest.getAsJsonObject("metadata").keySet())
        .containsExactlyInAnyOrder("name", "namespace", "uid", "labels", "annotations");
    assertThat(manifest.toString()).contains("sim.viking.io/run-seconds");
    assertThat(manifest.getAsJsonObject("spec").keySet())
        .doesNotContain(
            "nodeName", "serviceAccountName", "tolerations", "schedulerName", "overhead")
        .contains("hostAliases", "containers", "dnsConfig");
  }

  @Test
  void services_poolServesClusterIps_areLinked() throws Exception {
    api.with(
        ResourceType.SERVICES,
        KubeJson.gson()
            .fromJson(
                "{\"metadata\":{\"name\":\"my-db\",\"namespace\":\"shop\"},\"spec\":{\"clusterIP\":\"10.96.0.9\",\"ports\":[{\"name\":\"sql\",\"port\":5432,\"protocol\":\"TCP\"}]}}",
                V1Service.class));
    PodManifestResolver resolver = resolver(Capabilities.newBuilder().setClusterIp(true).build());

    Resolved linked = (Resolved) resolver.resolve(pod("\"containers\":[{\"name\":\"app\"}]", "{}"));
    Resolved unlinked =
        (Resolved)
            resolver.resolve(
                pod("\"enableServiceLinks\":false,\"containers\":[{\"name\":\"app\"}]", "{}"));

    assertThat(linked.spec().getPodManifest().toStringUtf8())
        .contains("MY_DB_SERVICE_HOST", "MY_DB_PORT_5432_TCP_ADDR", "MY_DB_SERVICE_PORT_SQL");
    assertThat(unlinked.spec().getPodManifest().toStringUtf8())
        .doesNotContain("MY_DB")
        .contains("KUBERNETES_SERVICE_HOST");
  }

  @Test
  void apiServerOutOfReach_isRetry() throws Exception {
    api.failWith(Optional.of(new KubeApiException(503, "", "overloaded", Optional.empty())));

    Resolution resolution =
        resolver()
            .resolve(
                pod(
                    "\"containers\":[{\"name\":\"app\",\"envFrom\":[{\"configMapRef\":{\"name\":\"x\"}}]}]",
                    "{}"));

    assertThat(resolution).isEqualTo(new Retry("overloaded"));
  }

  @Test
  void manyPodsOfOneKind_readEachReferenceOnce() throws Exception {
    api.with(ResourceType.CONFIG_MAPS, configMap("settings", Map.of("a", "1")));
    api.with(ResourceType.SECRETS, secret("login", Map.of("pw", "x")));
    PodManifestResolver resolver = resolver();
    V1Pod pod =
        pod(
            """
            "containers":[{"name":"app","envFrom":[{"configMapRef":{"name":"settings"}}]}],
            "volumes":[{"name":"v","secret":{"secretName":"login"}}]
            """,
            "{}");

    List<Future<Resolution>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      answers.add(executor.submit(() -> resolver.resolve(pod)));
    }
    for (Future<Resolution> answer : answers) {
      assertThat(answer.get()).isInstanceOf(Resolved.class);
    }

    assertThat(api.calls()).hasSize(2);
  }

  private V1Pod lastPod = new V1Pod();

  private Map<String, JsonObject> env(String container) throws InterruptedException {
    lastPod = pod("\"containers\":[" + container + "]", "{}");
    Map<String, JsonObject> env = new LinkedHashMap<>();
    Json.objects(container(resolved(lastPod)), "env")
        .forEach(variable -> env.put(Json.string(variable, "name"), variable));
    return env;
  }

  private static String text(Map<String, JsonObject> env, String name) {
    return Json.string(env.get(name), "value");
  }

  private String show(File file) {
    return file.getPath()
        + " "
        + Integer.toOctalString(file.getMode())
        + " "
        + file.getContent().toStringUtf8();
  }

  private static JsonObject container(Resolved resolved) {
    return Json.objects(manifestSpec(resolved), "containers").getFirst();
  }

  private static JsonObject manifestSpec(Resolved resolved) {
    return manifest(resolved).getAsJsonObject("spec");
  }

  private static JsonObject manifest(Resolved resolved) {
    return JsonParser.parseString(resolved.spec().getPodManifest().toStringUtf8())
        .getAsJsonObject();
  }

  private Resolved resolved(V1Pod pod) throws InterruptedException {
    Resolution resolution = resolver().resolve(pod);
    assertThat(resolution).isInstanceOf(Resolved.class);
    return (Resolved) resolution;
  }

  private PodManifestResolver resolver() {
    return resolver(POOL);
  }

  private PodManifestResolver resolver(Capabilities capabilities) {
    return new PodManifestResolver(
        api, CONFIG, profile, () -> capabilities, () -> CATALOG, executor, nanos::get);
  }

  private static V1Pod pod(String spec, String annotations) {
    return KubeJson.gson()
        .fromJson(
            "{\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\",\"uid\":\"uid-1\",\"resourceVersion\":\"9\","
                + "\"labels\":{\"tier\":\"front\",\"app\":\"web\"},\"annotations\":"
                + annotations
                + "},\"spec\":{\"nodeName\":\"zone-a\","
                + spec
                + "}}",
            V1Pod.class);
  }

  private static V1ConfigMap configMap(String name, Map<String, String> data) {
    return new V1ConfigMap().metadata(metadata(name)).data(data);
  }

  private static V1Secret secret(String name, Map<String, String> data) {
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    data.forEach((key, text) -> bytes.put(key, text.getBytes(StandardCharsets.UTF_8)));
    return new V1Secret().metadata(metadata(name)).data(bytes);
  }

  private static V1ObjectMeta metadata(String name) {
    return new V1ObjectMeta().name(name).namespace("shop");
  }
}
