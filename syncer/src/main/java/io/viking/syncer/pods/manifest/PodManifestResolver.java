package io.viking.syncer.pods.manifest;

import com.github.benmanes.caffeine.cache.Ticker;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.v1.Capabilities;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.ZoneCandidate;
import io.viking.kube.annotations.AnnotationReader;
import io.viking.kube.annotations.AnnotationReading;
import io.viking.kube.annotations.AnnotationValues;
import io.viking.kube.annotations.CloudAnnotations;
import io.viking.kube.annotations.PlacementAnnotations;
import io.viking.kube.client.KubeApi;
import io.viking.kube.profile.ProfileSource;
import io.viking.syncer.pods.annotations.Extensions;
import io.viking.syncer.pods.annotations.InstanceFields;
import io.viking.syncer.pods.json.Json;
import io.viking.syncer.pods.manifest.Resolution.Refused;
import io.viking.syncer.pods.manifest.Resolution.Resolved;
import io.viking.syncer.pods.manifest.Resolution.Waiting;
import io.viking.syncer.pods.manifest.Resolution.Warning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Resolves pods against the API server.
 *
 * <p>Order: the cloud's annotations (no I/O), zones, volumes, then the containers' environments, as
 * a kubelet mounts before it starts. The first thing that is missing ends it. Tokens come last of
 * the volumes, so that a pod which waits for a ConfigMap asks for none.
 */
public final class PodManifestResolver implements ManifestResolver {
  private final ManifestConfig config;
  private final Supplier<Capabilities> capabilities;
  private final Supplier<CatalogSnapshot> catalog;
  private final ReferenceReader reader;
  private final ProfiledAnnotations profiled;
  private final EnvironmentResolver environments;
  private final VolumeResolver volumes;
  private final ClaimResolver claims;
  private final PullSecrets pullSecrets;
  private final PodFiles files;

  /** The variables that every container has. */
  private final Map<String, String> apiServer;

  /**
   * @param profile of the cluster; no pod is resolved before it is known
   * @param capabilities of the pool; asked at every pod
   * @param catalog the newest that is known
   * @param executor makes the reads, one short blocking task each; virtual threads
   */
  public PodManifestResolver(
      KubeApi api,
      ManifestConfig config,
      ProfileSource profile,
      Supplier<Capabilities> capabilities,
      Supplier<CatalogSnapshot> catalog,
      Executor executor) {
    this(api, config, profile, capabilities, catalog, executor, Ticker.systemTicker());
  }

  PodManifestResolver(
      KubeApi api,
      ManifestConfig config,
      ProfileSource profile,
      Supplier<Capabilities> capabilities,
      Supplier<CatalogSnapshot> catalog,
      Executor executor,
      Ticker ticker) {
    this.config = config;
    this.capabilities = capabilities;
    this.catalog = catalog;
    this.reader = new ReferenceReader(api, executor, ticker);
    this.profiled = new ProfiledAnnotations(profile, reader);
    this.environments = new EnvironmentResolver(reader, config.nodeAddress());
    this.volumes = new VolumeResolver(reader, new TokenSource(api));
    this.files = new PodFiles(reader, volumes);
    this.pullSecrets = new PullSecrets(reader);
    this.claims =
        new ClaimResolver(reader, () -> capabilities.get().getPersistentVolumeSourcesList());
    this.apiServer = Collections.unmodifiableMap(ServiceVariables.ofApiServer(config));
  }

  /** The files of pods that were resolved here, from the same reads. */
  public FileSource files() {
    return files;
  }

  @Override
  public Resolution resolve(V1Pod model) throws InterruptedException {
    JsonObject pod = Manifest.source(model);
    Map<String, String> annotations;
    try {
      annotations = profiled.of(pod);
    } catch (UnresolvedException unresolved) {
      return unresolved.resolution();
    }
    AnnotationReading reading = AnnotationReader.read(annotations);
    if (!reading.flaws().isEmpty()) {
      return new Refused("InvalidAnnotation", reading.flaws().getFirst().message());
    }
    try {
      return resolve(pod, annotations, reading.values());
    } catch (UnresolvedException unresolved) {
      return unresolved.resolution();
    }
  }

  private Resolution resolve(
      JsonObject pod, Map<String, String> annotations, AnnotationValues values)
      throws UnresolvedException, InterruptedException {
    List<Warning> warnings = new ArrayList<>();
    CloudAnnotations.unknown(annotations)
        .forEach(key -> warnings.add(new Warning("UnknownAnnotation", key.message())));
    JsonObject manifest = Manifest.of(pod, travelling(annotations));
    JsonObject spec = Json.object(manifest, "spec").orElseGet(JsonObject::new);
    InstanceSpec.Builder instance =
        InstanceSpec.newBuilder().setUid(PodFields.read(pod, "metadata.uid").orElse(""));
    InstanceFields.fill(values, instance, currency());
    instance.putAllExtensions(Extensions.of(annotations));
    List<String> chosen = ChosenTypes.of(annotations);
    if (!chosen.isEmpty()) {
      instance.clearInstanceTypes().addAllInstanceTypes(chosen);
    }
    instance.addAllZones(zones(pod, annotations, values));
    FileFacts facts = resolveVolumes(pod, spec, instance);
    resolveContainers(pod, spec, warnings);
    instance.addAllRegistryCredentials(pullSecrets.resolve(pod, warnings));
    DnsResolver.resolve(
        spec, PodFields.read(pod, "metadata.namespace").orElse(""), config.dns(), warnings);
    spec.addProperty("automountServiceAccountToken", false);
    instance.setPodManifest(ByteString.copyFromUtf8(manifest.toString()));
    return new Resolved(instance.build(), warnings, facts);
  }

  private List<ZoneCandidate> zones(
      JsonObject pod, Map<String, String> annotations, AnnotationValues values)
      throws UnresolvedException {
    List<String> vswitches = values.get(PlacementAnnotations.VSWITCH).orElse(List.of());
    CatalogSnapshot snapshot = catalog.get();
    if (!vswitches.isEmpty() && snapshot.zones().isEmpty()) {
      throw new UnresolvedException(
          new Resolution.Retry("the catalog is not known yet, and eci-vswitch needs it"));
    }
    String nodeName = PodFields.read(pod, "spec.nodeName").orElse("");
    List<ZoneCandidate> zones = ZoneCandidates.of(annotations, nodeName, vswitches, snapshot);
    if (zones.isEmpty()) {
      throw new UnresolvedException(
          new Refused(
              "InvalidAnnotation",
              "annotation %s is \"%s\", but none of these vSwitches lies in the pod's zone %s; name one of that zone or leave the annotation out"
                  .formatted(
                      PlacementAnnotations.VSWITCH.key(), String.join(",", vswitches), nodeName)));
    }
    return zones;
  }

  private FileFacts resolveVolumes(JsonObject pod, JsonObject spec, InstanceSpec.Builder instance)
      throws UnresolvedException, InterruptedException {
    Map<String, ContentDigest> digests = new HashMap<>();
    Set<Reference> immutable = new HashSet<>();
    Optional<Duration> tokenLife = Optional.empty();
    List<JsonObject> tokensLast = new ArrayList<>();
    List<JsonObject> others = new ArrayList<>();
    for (JsonObject volume : Json.objects(spec, "volumes")) {
      (volume.has("projected") ? tokensLast : others).add(volume);
    }
    others.addAll(tokensLast);
    for (JsonObject volume : others) {
      String name = Json.string(volume, "name");
      String source =
          volume.keySet().stream()
              .filter(key -> !key.equals("name"))
              .findFirst()
              .orElse("emptyDir");
      if (VolumeResolver.FILE_SOURCES.contains(source)) {
        VolumeResolver.Files mounted = mounted(pod, volume);
        instance.addFiles(mounted.volume());
        digests.put(name, mounted.digest());
        immutable.addAll(mounted.immutable());
        tokenLife = PodFiles.shorter(tokenLife, mounted.tokenLife());
        volume.remove(source);
        volume.add("emptyDir", new JsonObject());
      } else if (ClaimResolver.SOURCES.contains(source)) {
        claims.resolve(pod, spec, volume);
      } else if (!source.equals("emptyDir")
          && !capabilities.get().getVolumeSourcesList().contains(source)) {
        throw new UnresolvedException(
            new Refused(
                "UnsupportedVolume",
                "volume \"%s\" has the source %s, which this pool does not have; it has emptyDir, %s"
                    .formatted(name, source, String.join(", ", supportedVolumes()))));
      }
    }
    return new FileFacts(digests, tokenLife, immutable);
  }

  private VolumeResolver.Files mounted(JsonObject pod, JsonObject volume)
      throws UnresolvedException, InterruptedException {
    try {
      return volumes.resolve(pod, volume);
    } catch (MissingReferenceException missing) {
      throw new UnresolvedException(
          new Waiting("", "ContainerCreating", VolumeResolver.setUpFailed(volume, missing)));
    }
  }

  private List<String> supportedVolumes() {
    List<String> sources = new ArrayList<>(VolumeResolver.FILE_SOURCES);
    capabilities.get().getVolumeSourcesList().stream()
        .filter(source -> !source.equals("emptyDir"))
        .forEach(sources::add);
    return sources;
  }

  private void resolveContainers(JsonObject pod, JsonObject spec, List<Warning> warnings)
      throws UnresolvedException, InterruptedException {
    Map<String, String> services = serviceVariables(pod);
    for (String kind : List.of("initContainers", "containers")) {
      for (JsonObject container : Json.objects(spec, kind)) {
        try {
          Environment environment = environments.resolve(pod, container, services, warnings);
          container.remove("envFrom");
          container.remove("env");
          JsonArray variables = environment.toJson();
          if (!variables.isEmpty()) {
            container.add("env", variables);
          }
          expand(container, "command", environment);
          expand(container, "args", environment);
          for (JsonObject mount : Json.objects(container, "volumeMounts")) {
            expandSubPath(mount, environment);
          }
        } catch (MissingReferenceException missing) {
          throw new UnresolvedException(
              new Waiting(
                  Json.string(container, "name"),
                  "CreateContainerConfigError",
                  String.valueOf(missing.getMessage())));
        }
      }
    }
  }

  private static void expand(JsonObject container, String field, Environment environment) {
    List<String> words = Json.strings(container, field);
    if (!words.isEmpty()) {
      JsonArray expanded = Json.array(words.stream().map(environment::expand).toList());
      container.add(field, expanded);
    }
  }

  private static void expandSubPath(JsonObject mount, Environment environment)
      throws MissingReferenceException {
    String expression = Json.string(mount, "subPathExpr");
    if (!expression.isEmpty()) {
      String path = environment.expandKnown(expression);
      boolean leftToAgent = path.contains("$(");
      mount.remove(leftToAgent ? "subPath" : "subPathExpr");
      mount.addProperty(leftToAgent ? "subPathExpr" : "subPath", path);
    }
  }

  private Map<String, String> serviceVariables(JsonObject pod)
      throws UnresolvedException, InterruptedException {
    boolean links =
        Json.object(pod, "spec")
            .map(spec -> !spec.has("enableServiceLinks") || Json.flag(spec, "enableServiceLinks"))
            .orElse(true);
    if (!links || !capabilities.get().getClusterIp()) {
      return apiServer;
    }
    Map<String, String> variables = new LinkedHashMap<>();
    try {
      reader
          .services(PodFields.read(pod, "metadata.namespace").orElse(""))
          .forEach(service -> variables.putAll(ServiceLinks.of(service)));
    } catch (MissingReferenceException forbidden) {
      throw new UnresolvedException(new Resolution.Retry(String.valueOf(forbidden.getMessage())));
    }
    variables.putAll(apiServer);
    return variables;
  }

  /** What a simulated or real agent may want to read; kubectl's bookkeeping is not. */
  private static Map<String, String> travelling(Map<String, String> annotations) {
    Map<String, String> kept = new LinkedHashMap<>(annotations);
    kept.remove("kubectl.kubernetes.io/last-applied-configuration");
    return kept;
  }

  private String currency() {
    return catalog.get().offers().values().stream()
        .findFirst()
        .map(offer -> offer.getOnDemand().getCurrency())
        .filter(currency -> !currency.isEmpty())
        .orElse("CNY");
  }
}
