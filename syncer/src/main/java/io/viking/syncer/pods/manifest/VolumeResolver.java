package io.viking.syncer.pods.manifest;

import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import io.viking.cloud.v1.File;
import io.viking.cloud.v1.FileVolume;
import io.viking.syncer.pods.json.Json;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Volumes that come as files: configMap, secret, downwardAPI and projected. */
final class VolumeResolver {
  static final List<String> FILE_SOURCES =
      List.of("configMap", "secret", "downwardAPI", "projected");
  private static final int DEFAULT_MODE = 0644;

  private final ReferenceReader reader;
  private final TokenSource tokens;

  /**
   * A volume's files.
   *
   * @param tokenLife of the shortest-lived token among them; empty: there is none
   * @param immutable what of it will never change
   */
  record Files(
      FileVolume volume,
      ContentDigest digest,
      Optional<Duration> tokenLife,
      Set<Reference> immutable) {}

  VolumeResolver(ReferenceReader reader, TokenSource tokens) {
    this.reader = reader;
    this.tokens = tokens;
  }

  /** Whether a volume's source is one of {@link #FILE_SOURCES}. */
  static boolean isOfFiles(JsonObject volume) {
    return FILE_SOURCES.stream().anyMatch(volume::has);
  }

  /** Whether it has a token, which only a request can bring. */
  static boolean hasToken(JsonObject volume) {
    return sources(volume).stream().anyMatch(source -> source.has("serviceAccountToken"));
  }

  /** How a kubelet says that a volume cannot be had. */
  static String setUpFailed(JsonObject volume, MissingReferenceException missing) {
    return "MountVolume.SetUp failed for volume \"%s\" : %s"
        .formatted(Json.string(volume, "name"), missing.getMessage());
  }

  /** The files of a volume that {@link #isOfFiles}; one request for each token. */
  Files resolve(JsonObject pod, JsonObject volume)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    return resolve(pod, volume, true);
  }

  /** The digest that {@link #resolve} would give, without asking for tokens. */
  ContentDigest digest(JsonObject pod, JsonObject volume)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    return resolve(pod, volume, false).digest();
  }

  private Files resolve(JsonObject pod, JsonObject volume, boolean withTokens)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    var gathered = new Gathered(pod, withTokens);
    Optional<JsonObject> projected = Json.object(volume, "projected");
    int mode = projected.map(p -> Json.number(p, "defaultMode", DEFAULT_MODE)).orElse(DEFAULT_MODE);
    for (JsonObject source : projected.isPresent() ? sources(volume) : List.of(volume)) {
      gathered.add(source, mode);
    }
    return gathered.files(Json.string(volume, "name"));
  }

  private static List<JsonObject> sources(JsonObject volume) {
    return Json.object(volume, "projected").map(p -> Json.objects(p, "sources")).orElse(List.of());
  }

  /** Files by their paths; a later source takes the place of an earlier one. */
  private final class Gathered {
    private final JsonObject pod;
    private final String namespace;
    private final boolean withTokens;
    private final Map<String, File> files = new LinkedHashMap<>();
    private final Set<String> tokenPaths = new HashSet<>();
    private final Set<Reference> immutable = new HashSet<>();
    private Optional<Duration> tokenLife = Optional.empty();

    Gathered(JsonObject pod, boolean withTokens) {
      this.pod = pod;
      this.namespace = PodFields.read(pod, "metadata.namespace").orElse("");
      this.withTokens = withTokens;
    }

    Files files(String volume) {
      return new Files(
          FileVolume.newBuilder().setVolume(volume).addAllFiles(files.values()).build(),
          ContentDigest.of(files.values(), tokenPaths),
          tokenLife,
          immutable);
    }

    void add(JsonObject source, int defaultMode)
        throws UnresolvedException, MissingReferenceException, InterruptedException {
      for (String kind : source.keySet()) {
        JsonObject detail = Json.object(source, kind).orElseGet(JsonObject::new);
        int mode = Json.number(detail, "defaultMode", defaultMode);
        switch (kind) {
          case "configMap" ->
              keys(
                  detail,
                  mode,
                  Reference.configMap(namespace, Json.string(detail, "name")),
                  "configmap references non-existent config key: ");
          case "secret" ->
              keys(
                  detail,
                  mode,
                  Reference.secret(namespace, secretName(detail)),
                  "references non-existent secret key: ");
          case "downwardAPI" -> fields(detail, mode);
          case "serviceAccountToken" -> token(detail, mode);
          case "clusterTrustBundle", "podCertificate" ->
              throw new UnresolvedException(
                  new Resolution.Refused(
                      "UnsupportedVolume",
                      "projected volume source "
                          + kind
                          + " is not supported here; put the certificates in a ConfigMap or Secret"));
          default -> {}
        }
      }
    }

    private void keys(JsonObject detail, int mode, Reference reference, String noSuchKey)
        throws UnresolvedException, MissingReferenceException, InterruptedException {
      boolean optional = Json.flag(detail, "optional");
      Optional<Content> found = reader.content(reference);
      if (found.isEmpty() && !optional) {
        throw MissingReferenceException.notFound(reference);
      }
      if (found.filter(Content::immutable).isPresent()) {
        immutable.add(reference);
      }
      Map<String, ByteString> data = found.orElse(Content.EMPTY).data();
      List<JsonObject> items = Json.objects(detail, "items");
      if (items.isEmpty()) {
        data.forEach((key, content) -> put(key, mode, content));
        return;
      }
      for (JsonObject item : items) {
        String key = Json.string(item, "key");
        ByteString content = data.get(key);
        if (content != null) {
          put(Json.string(item, "path"), Json.number(item, "mode", mode), content);
        } else if (!optional) {
          throw new MissingReferenceException(noSuchKey + key);
        }
      }
    }

    private void fields(JsonObject detail, int mode) throws MissingReferenceException {
      for (JsonObject item : Json.objects(detail, "items")) {
        Optional<JsonObject> field = Json.object(item, "fieldRef");
        String text =
            field.isPresent()
                ? PodFields.read(pod, Json.string(field.get(), "fieldPath")).orElse("")
                : ResourceFields.read(
                    pod,
                    Json.object(item, "resourceFieldRef").orElseGet(JsonObject::new),
                    Optional.empty());
        put(
            Json.string(item, "path"),
            Json.number(item, "mode", mode),
            ByteString.copyFromUtf8(text));
      }
    }

    private void token(JsonObject projection, int mode)
        throws UnresolvedException, MissingReferenceException {
      String path = Json.string(projection, "path");
      tokenPaths.add(path);
      if (!withTokens) {
        put(path, mode, ByteString.EMPTY);
        return;
      }
      TokenSource.Token token = tokens.token(pod, projection);
      put(path, mode, token.value());
      tokenLife =
          Optional.of(
              tokenLife
                  .filter(shortest -> shortest.compareTo(token.life()) < 0)
                  .orElse(token.life()));
    }

    private void put(String path, int mode, ByteString content) {
      files.put(path, File.newBuilder().setPath(path).setMode(mode).setContent(content).build());
    }
  }

  /** A volume says secretName, a projection says name. */
  private static String secretName(JsonObject detail) {
    return detail.has("secretName")
        ? Json.string(detail, "secretName")
        : Json.string(detail, "name");
  }
}
