package io.viking.syncer.pods.manifest;

import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Secret;
import io.viking.cloud.v1.File;
import io.viking.cloud.v1.FileVolume;
import io.viking.syncer.pods.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Volumes that come as files: configMap, secret, downwardAPI and projected. */
final class VolumeResolver {
  static final List<String> FILE_SOURCES =
      List.of("configMap", "secret", "downwardAPI", "projected");
  private static final int DEFAULT_MODE = 0644;

  private final ReferenceReader reader;
  private final TokenSource tokens;

  VolumeResolver(ReferenceReader reader, TokenSource tokens) {
    this.reader = reader;
    this.tokens = tokens;
  }

  /** The files of a volume whose source is one of {@link #FILE_SOURCES}. */
  FileVolume resolve(JsonObject pod, JsonObject volume)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    Map<String, File> files = new LinkedHashMap<>();
    Optional<JsonObject> projected = Json.object(volume, "projected");
    if (projected.isPresent()) {
      int mode = Json.number(projected.get(), "defaultMode", DEFAULT_MODE);
      for (JsonObject source : Json.objects(projected.get(), "sources")) {
        add(files, pod, source, mode);
      }
    } else {
      add(files, pod, volume, DEFAULT_MODE);
    }
    return FileVolume.newBuilder()
        .setVolume(Json.string(volume, "name"))
        .addAllFiles(files.values())
        .build();
  }

  private void add(Map<String, File> files, JsonObject pod, JsonObject source, int defaultMode)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    String namespace = PodFields.read(pod, "metadata.namespace").orElse("");
    for (String kind : source.keySet()) {
      JsonObject detail = Json.object(source, kind).orElseGet(JsonObject::new);
      int mode = Json.number(detail, "defaultMode", defaultMode);
      switch (kind) {
        case "configMap" -> addKeys(files, detail, mode, "config", configMap(namespace, detail));
        case "secret" -> addKeys(files, detail, mode, "secret", secret(namespace, detail));
        case "downwardAPI" -> addFields(files, pod, detail, mode);
        case "serviceAccountToken" ->
            put(files, Json.string(detail, "path"), mode, tokens.token(pod, detail));
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

  private static void addKeys(
      Map<String, File> files,
      JsonObject detail,
      int mode,
      String kind,
      Map<String, ByteString> data)
      throws MissingReferenceException {
    List<JsonObject> items = Json.objects(detail, "items");
    if (items.isEmpty()) {
      data.forEach((key, content) -> put(files, key, mode, content));
      return;
    }
    for (JsonObject item : items) {
      String key = Json.string(item, "key");
      ByteString content = data.get(key);
      if (content != null) {
        put(files, Json.string(item, "path"), Json.number(item, "mode", mode), content);
      } else if (!Json.flag(detail, "optional")) {
        throw new MissingReferenceException("references non-existent " + kind + " key: " + key);
      }
    }
  }

  private static void addFields(
      Map<String, File> files, JsonObject pod, JsonObject detail, int mode)
      throws MissingReferenceException {
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
          files,
          Json.string(item, "path"),
          Json.number(item, "mode", mode),
          ByteString.copyFromUtf8(text));
    }
  }

  private Map<String, ByteString> configMap(String namespace, JsonObject detail)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    String name = Json.string(detail, "name");
    Optional<V1ConfigMap> found = reader.configMap(namespace, name);
    if (found.isEmpty() && !Json.flag(detail, "optional")) {
      throw new MissingReferenceException("configmap \"" + name + "\" not found");
    }
    Map<String, ByteString> data = new TreeMap<>();
    found.ifPresent(
        configMap -> {
          Objects.requireNonNullElseGet(configMap.getData(), Map::<String, String>of)
              .forEach(
                  (key, text) -> data.put(key, ByteString.copyFrom(text, StandardCharsets.UTF_8)));
          Objects.requireNonNullElseGet(configMap.getBinaryData(), Map::<String, byte[]>of)
              .forEach((key, bytes) -> data.put(key, ByteString.copyFrom(bytes)));
        });
    return data;
  }

  private Map<String, ByteString> secret(String namespace, JsonObject detail)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    // A volume says secretName, a projection says name.
    String name =
        detail.has("secretName") ? Json.string(detail, "secretName") : Json.string(detail, "name");
    Optional<V1Secret> found = reader.secret(namespace, name);
    if (found.isEmpty() && !Json.flag(detail, "optional")) {
      throw new MissingReferenceException("secret \"" + name + "\" not found");
    }
    Map<String, ByteString> data = new TreeMap<>();
    found.ifPresent(
        secret ->
            Objects.requireNonNullElseGet(secret.getData(), Map::<String, byte[]>of)
                .forEach((key, bytes) -> data.put(key, ByteString.copyFrom(bytes))));
    return data;
  }

  private static void put(Map<String, File> files, String path, int mode, ByteString content) {
    files.put(path, File.newBuilder().setPath(path).setMode(mode).setContent(content).build());
  }
}
