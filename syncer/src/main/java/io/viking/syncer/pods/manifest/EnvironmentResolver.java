package io.viking.syncer.pods.manifest;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Secret;
import io.viking.syncer.pods.json.Json;
import io.viking.syncer.pods.manifest.Environment.Value;
import io.viking.syncer.pods.manifest.Resolution.Warning;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** envFrom and env of a container → its variables. Rules and messages are the kubelet's. */
final class EnvironmentResolver {
  private final ReferenceReader reader;

  EnvironmentResolver(ReferenceReader reader) {
    this.reader = reader;
  }

  /**
   * @param pod the pod as JSON
   * @param services the variables of Services
   * @param warnings takes what the user should hear
   */
  Environment resolve(
      JsonObject pod, JsonObject container, Map<String, String> services, List<Warning> warnings)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    String namespace = PodFields.read(pod, "metadata.namespace").orElse("");
    Environment environment = new Environment(services);
    for (JsonObject source : Json.objects(container, "envFrom")) {
      putAll(environment, namespace, source, warnings);
    }
    for (JsonObject variable : Json.objects(container, "env")) {
      Optional<Value> value = value(pod, container, namespace, environment, variable);
      value.ifPresent(v -> environment.put(Json.string(variable, "name"), v));
    }
    return environment;
  }

  private void putAll(
      Environment environment, String namespace, JsonObject source, List<Warning> warnings)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    Optional<JsonObject> configMap = Json.object(source, "configMapRef");
    JsonObject ref =
        configMap.or(() -> Json.object(source, "secretRef")).orElseGet(JsonObject::new);
    String name = Json.string(ref, "name");
    Map<String, String> data =
        configMap.isPresent()
            ? configMap(namespace, name, optional(ref)).orElse(Map.of())
            : secret(namespace, name, optional(ref)).orElse(Map.of());
    String prefix = Json.string(source, "prefix");
    Map<String, String> named = new TreeMap<>();
    data.forEach((key, value) -> named.put(prefix + key, value));
    String skipped =
        named.keySet().stream()
            .filter(key -> !isVariableName(key))
            .collect(Collectors.joining(", "));
    named.forEach(
        (key, value) -> {
          if (isVariableName(key)) {
            environment.put(key, new Value.Text(value));
          }
        });
    if (!skipped.isEmpty()) {
      warnings.add(
          new Warning(
              "InvalidEnvironmentVariableNames",
              "Keys [%s] from the EnvFrom %s %s/%s were skipped since they are considered invalid environment variable names."
                  .formatted(
                      skipped, configMap.isPresent() ? "configMap" : "secret", namespace, name)));
    }
  }

  private Optional<Value> value(
      JsonObject pod,
      JsonObject container,
      String namespace,
      Environment environment,
      JsonObject variable)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    String literal = Json.string(variable, "value");
    if (!literal.isEmpty()) {
      return Optional.of(new Value.Text(environment.expand(literal)));
    }
    JsonObject from = Json.object(variable, "valueFrom").orElseGet(JsonObject::new);
    Optional<JsonObject> field = Json.object(from, "fieldRef");
    if (field.isPresent()) {
      return Optional.of(field(pod, Json.string(field.get(), "fieldPath")));
    }
    Optional<JsonObject> resource = Json.object(from, "resourceFieldRef");
    if (resource.isPresent()) {
      return Optional.of(
          new Value.Text(ResourceFields.read(pod, resource.get(), Optional.of(container))));
    }
    Optional<JsonObject> configMap = Json.object(from, "configMapKeyRef");
    if (configMap.isPresent()) {
      return key("ConfigMap", namespace, configMap.get());
    }
    Optional<JsonObject> secret = Json.object(from, "secretKeyRef");
    if (secret.isPresent()) {
      return key("Secret", namespace, secret.get());
    }
    if (from.has("fileKeyRef")) {
      throw new UnresolvedException(
          new Resolution.Refused(
              "UnsupportedField",
              "env %s: valueFrom.fileKeyRef is not supported here; use configMapKeyRef or secretKeyRef"
                  .formatted(Json.string(variable, "name"))));
    }
    return Optional.of(new Value.Text(""));
  }

  private static Value field(JsonObject pod, String path) throws MissingReferenceException {
    if (PodFields.FROM_AGENT.contains(path)) {
      return new Value.FromAgent(path);
    }
    return new Value.Text(
        PodFields.read(pod, path)
            .orElseThrow(
                () -> new MissingReferenceException("field label not supported: " + path)));
  }

  /** Empty: optional and not there, so the variable is not set at all. */
  private Optional<Value> key(String kind, String namespace, JsonObject ref)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    String name = Json.string(ref, "name");
    String key = Json.string(ref, "key");
    boolean optional = optional(ref);
    Optional<Map<String, String>> data =
        kind.equals("Secret")
            ? secret(namespace, name, optional)
            : configMap(namespace, name, optional);
    Optional<String> text = data.flatMap(d -> Optional.ofNullable(d.get(key)));
    if (text.isEmpty() && !optional) {
      throw new MissingReferenceException(
          "couldn't find key %s in %s %s/%s".formatted(key, kind, namespace, name));
    }
    return text.map(Value.Text::new);
  }

  private Optional<Map<String, String>> configMap(String namespace, String name, boolean optional)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    Optional<V1ConfigMap> configMap = reader.configMap(namespace, name);
    if (configMap.isEmpty() && !optional) {
      throw new MissingReferenceException("configmap \"" + name + "\" not found");
    }
    return configMap.map(found -> Objects.requireNonNullElseGet(found.getData(), Map::of));
  }

  private Optional<Map<String, String>> secret(String namespace, String name, boolean optional)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    Optional<V1Secret> secret = reader.secret(namespace, name);
    if (secret.isEmpty() && !optional) {
      throw new MissingReferenceException("secret \"" + name + "\" not found");
    }
    return secret.map(
        found -> {
          Map<String, String> texts = new TreeMap<>();
          Objects.requireNonNullElseGet(found.getData(), Map::<String, byte[]>of)
              .forEach((key, bytes) -> texts.put(key, new String(bytes, StandardCharsets.UTF_8)));
          return texts;
        });
  }

  private static boolean optional(JsonObject ref) {
    return Json.flag(ref, "optional");
  }

  /** From Kubernetes 1.34 on: printable ASCII but the equals sign. */
  static boolean isVariableName(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c >= 0x20 && c < 0x7f && c != '=');
  }
}
