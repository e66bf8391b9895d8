package io.viking.cli.hybrid;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1MutatingAdmissionPolicy;
import io.kubernetes.client.openapi.models.V1MutatingAdmissionPolicyBinding;
import io.viking.cli.install.InstalledObject;
import io.viking.kube.cache.ResourceType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * The policies that set {@code spec.schedulerName} of pods that choose zones; a file of the jar.
 */
final class ChoiceManifest {
  private static final String FILE = "choice.yaml";
  private static final Pattern SEPARATOR = Pattern.compile("(?m)^---$");

  private static final List<ResourceType<?>> TYPES =
      List.of(
          type(V1MutatingAdmissionPolicy.class, "mutatingadmissionpolicies"),
          type(V1MutatingAdmissionPolicyBinding.class, "mutatingadmissionpolicybindings"));

  private ChoiceManifest() {}

  /** In the order in which they are applied: a policy, then what puts it into force. */
  static List<InstalledObject> documents() {
    return SEPARATOR.splitAsStream(content()).map(ChoiceManifest::document).toList();
  }

  private static InstalledObject document(String yaml) {
    Map<String, Map<String, String>> object = new Yaml().load(yaml);
    String kind = String.valueOf(object.get("kind"));
    return new InstalledObject(
        TYPES.stream().filter(type -> type.kind().equals(kind)).findFirst().orElseThrow(),
        object.getOrDefault("metadata", Map.of()).getOrDefault("name", ""),
        yaml);
  }

  private static <T extends KubernetesObject> ResourceType<T> type(Class<T> model, String plural) {
    String kind = model.getSimpleName().substring("V1".length());
    return new ResourceType<>(model, "admissionregistration.k8s.io", "v1", plural, kind, false);
  }

  private static String content() {
    try (InputStream in = ChoiceManifest.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + FILE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
