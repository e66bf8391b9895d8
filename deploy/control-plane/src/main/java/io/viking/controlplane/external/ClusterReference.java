package io.viking.controlplane.external;

import io.viking.controlplane.ControlPlaneException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The cluster that one context of a kubeconfig means.
 *
 * @param document the kubeconfig with that context as its current one
 */
record ClusterReference(String context, URI server, Map<String, Object> document) {

  /**
   * @param text of the kubeconfig
   * @param file its name, for messages
   * @param wanted the context, if not the current one
   * @throws ControlPlaneException if the text names no such cluster
   */
  static ClusterReference parse(String text, String file, Optional<String> wanted) {
    Map<String, Object> document = load(text, file);
    String context =
        wanted
            .or(() -> Optional.ofNullable(document.get("current-context")).map(Object::toString))
            .filter(name -> !name.isEmpty())
            .orElseThrow(
                () ->
                    new ControlPlaneException(
                        file + " has no current-context: name one with --context."));
    String cluster =
        entry(document, "contexts", context, "context")
            .map(found -> String.valueOf(found.get("cluster")))
            .orElseThrow(
                () ->
                    new ControlPlaneException(
                        "%s has no context '%s': name one of its own with --context."
                            .formatted(file, context)));
    String server =
        entry(document, "clusters", cluster, "cluster")
            .map(found -> String.valueOf(found.get("server")))
            .orElseThrow(
                () ->
                    new ControlPlaneException(
                        "%s: context '%s' names the cluster '%s', which is not in the file."
                            .formatted(file, context, cluster)));
    try {
      Map<String, Object> chosen = new LinkedHashMap<>(document);
      chosen.put("current-context", context);
      return new ClusterReference(context, URI.create(server), chosen);
    } catch (IllegalArgumentException e) {
      throw new ControlPlaneException(
          "%s: cluster '%s' has the server '%s', which is not a URL."
              .formatted(file, cluster, server),
          e);
    }
  }

  private static Map<String, Object> load(String text, String file) {
    try {
      Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
      Map<String, Object> document = new LinkedHashMap<>();
      if (loaded instanceof Map<?, ?> map) {
        map.forEach((key, value) -> document.put(String.valueOf(key), value));
      }
      return document;
    } catch (YAMLException e) {
      throw new ControlPlaneException(file + " is not YAML, as a kubeconfig is.", e);
    }
  }

  /** The body of the entry of that name in one of a kubeconfig's lists. */
  private static Optional<Map<?, ?>> entry(
      Map<String, Object> document, String list, String name, String body) {
    if (!(document.get(list) instanceof List<?> entries)) {
      return Optional.empty();
    }
    for (Object entry : entries) {
      if (entry instanceof Map<?, ?> named
          && name.equals(named.get("name"))
          && named.get(body) instanceof Map<?, ?> found) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
