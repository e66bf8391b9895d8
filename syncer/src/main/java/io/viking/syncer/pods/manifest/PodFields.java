package io.viking.syncer.pods.manifest;

import com.google.gson.JsonObject;
import io.viking.syncer.pods.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The downward API: fields of a pod, as text. */
final class PodFields {
  /** Known only to the instance's agent, once it has addresses. */
  static final Set<String> FROM_AGENT = Set.of("status.podIP", "status.podIPs");

  /** The address of the zone's node. */
  static final Set<String> OF_NODE = Set.of("status.hostIP", "status.hostIPs");

  private static final Pattern SUBSCRIPT =
      Pattern.compile("metadata\\.(labels|annotations)\\['(.*)'\\]");

  private PodFields() {}

  /**
   * The value of a field, {@code ""} if the pod has none; empty if there is no such field.
   *
   * @param pod the pod as JSON
   */
  static Optional<String> read(JsonObject pod, String path) {
    JsonObject metadata = Json.object(pod, "metadata").orElseGet(JsonObject::new);
    JsonObject spec = Json.object(pod, "spec").orElseGet(JsonObject::new);
    return switch (path) {
      case "metadata.name" -> Optional.of(Json.string(metadata, "name"));
      case "metadata.namespace" -> Optional.of(Json.string(metadata, "namespace"));
      case "metadata.uid" -> Optional.of(Json.string(metadata, "uid"));
      case "metadata.labels" -> Optional.of(lines(Json.map(metadata, "labels")));
      case "metadata.annotations" -> Optional.of(lines(Json.map(metadata, "annotations")));
      case "spec.nodeName" -> Optional.of(Json.string(spec, "nodeName"));
      case "spec.serviceAccountName" -> Optional.of(Json.string(spec, "serviceAccountName"));
      default -> {
        Matcher subscript = SUBSCRIPT.matcher(path);
        yield subscript.matches()
            ? Optional.of(
                Json.map(metadata, subscript.group(1)).getOrDefault(subscript.group(2), ""))
            : Optional.empty();
      }
    };
  }

  /** {@code key="value"} in the order of the keys, one on a line. */
  private static String lines(Map<String, String> map) {
    return new TreeMap<>(map)
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + quoted(entry.getValue()))
            .collect(Collectors.joining("\n"));
  }

  /** As Go's {@code %q} writes a string. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case 7 -> quoted.append("\\a");
                case 11 -> quoted.append("\\v");
                default -> {
                  if (isPrintable(c)) {
                    quoted.appendCodePoint(c);
                  } else {
                    quoted.append(
                        (c < 0x80 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(c));
                  }
                }
              }
            });
    return quoted.append('"').toString();
  }

  /** Letters, marks, numbers, punctuation, symbols and the one space of ASCII. */
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR -> c == ' ';
      case Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
