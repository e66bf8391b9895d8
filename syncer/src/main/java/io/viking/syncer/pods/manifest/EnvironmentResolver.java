package io.viking.syncer.pods.manifest;

import com.google.gson.JsonObject;
import io.viking.syncer.pods.json.Json;
import io.viking.syncer.pods.manifest.Environment.Value;
import io.viking.syncer.pods.manifest.Resolution.Warning;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** envFrom and env of a container → its variables. Rules and messages are the kubelet's. */
final class EnvironmentResolver {
  private final ReferenceReader reader;
  private final String nodeAddress;

  /**
   * @param nodeAddress what {@code status.hostIP} of every pod is
   */
  EnvironmentResolver(ReferenceReader reader, String nodeAddress) {
    this.reader = reader;
    this.nodeAddress = nodeAddress;
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
    Reference reference =
        configMap.isPresent()
            ? Reference.configMap(namespace, name)
            : Reference.secret(namespace, name);
    Map<String, String> data = texts(reference, optional(ref)).orElse(Map.of());
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
      return key(
          Reference.configMap(namespace, Json.string(configMap.get(), "name")), configMap.get());
    }
    Optional<JsonObject> secret = Json.object(from, "secretKeyRef");
    if (secret.isPresent()) {
      return key(Reference.secret(namespace, Json.string(secret.get(), "name")), secret.get());
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

  private Value field(JsonObject pod, String path) throws MissingReferenceException {
    if (PodFields.OF_NODE.contains(path)) {
      return new Value.Text(nodeAddress);
    }
    if (PodFields.FROM_AGENT.contains(path)) {
      return new Value.FromAgent(path);
    }
    return new Value.Text(
        PodFields.read(pod, path)
            .orElseThrow(
                () -> new MissingReferenceException("field label not supported: " + path)));
  }

  /** Empty: optional and not there, so the variable is not set at all. */
  private Optional<Value> key(Reference reference, JsonObject ref)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    String key = Json.string(ref, "key");
    boolean optional = optional(ref);
    Optional<String> text =
        texts(reference, optional).flatMap(d -> Optional.ofNullable(d.get(key)));
    if (text.isEmpty() && !optional) {
      throw new MissingReferenceException("couldn't find key %s in %s".formatted(key, reference));
    }
    return text.map(Value.Text::new);
  }

  private Optional<Map<String, String>> texts(Reference reference, boolean optional)
      throws UnresolvedException, MissingReferenceException, InterruptedException {
    Optional<Content> content = reader.content(reference);
    if (content.isEmpty() && !optional) {
      throw MissingReferenceException.notFound(reference);
    }
    return content.map(Content::texts);
  }

  private static boolean optional(JsonObject ref) {
    return Json.flag(ref, "optional");
  }

  /** From Kubernetes 1.34 on: printable ASCII but the equals sign. */
  static boolean isVariableName(String name) {
    return !name.isEmpty() && name.chars().allMatch(c -> c >= 0x20 && c < 0x7f && c != '=');
  }
}
