package io.viking.syncer.pods.manifest;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1LocalObjectReference;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.viking.cloud.v1.RegistryCredential;
import io.viking.syncer.pods.json.Json;
import io.viking.syncer.pods.manifest.Resolution.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * imagePullSecrets → credentials. Admission copies those of the ServiceAccount to a pod that names
 * none; they are looked up only for one that still has none, since they may have come later.
 */
final class PullSecrets {
  private final ReferenceReader reader;

  PullSecrets(ReferenceReader reader) {
    this.reader = reader;
  }

  /**
   * @param warnings takes the names of those that are not there: the image may need none of them
   */
  List<RegistryCredential> resolve(JsonObject pod, List<Warning> warnings)
      throws UnresolvedException, InterruptedException {
    String namespace = PodFields.read(pod, "metadata.namespace").orElse("");
    List<RegistryCredential> credentials = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : names(pod, namespace)) {
      Optional<Content> secret = secret(namespace, name);
      secret.ifPresentOrElse(
          content -> credentials.addAll(PullCredentials.of(content)), () -> missing.add(name));
    }
    if (!missing.isEmpty()) {
      warnings.add(
          new Warning(
              "FailedToRetrieveImagePullSecret",
              "Unable to retrieve some image pull secrets (%s); attempting to pull the image may not succeed."
                  .formatted(String.join(", ", missing))));
    }
    return credentials;
  }

  private List<String> names(JsonObject pod, String namespace)
      throws UnresolvedException, InterruptedException {
    List<String> own =
        Json.object(pod, "spec")
            .map(s -> Json.objects(s, "imagePullSecrets"))
            .orElse(List.of())
            .stream()
            .map(ref -> Json.string(ref, "name"))
            .filter(name -> !name.isEmpty())
            .toList();
    String account = PodFields.read(pod, "spec.serviceAccountName").orElse("");
    return own.isEmpty() && !account.isEmpty() ? ofAccount(namespace, account) : own;
  }

  private List<String> ofAccount(String namespace, String account)
      throws UnresolvedException, InterruptedException {
    try {
      return reader
          .serviceAccount(namespace, account)
          .map(V1ServiceAccount::getImagePullSecrets)
          .stream()
          .flatMap(List::stream)
          .map(V1LocalObjectReference::getName)
          .flatMap(Stream::ofNullable)
          .toList();
    } catch (MissingReferenceException forbidden) {
      return List.of();
    }
  }

  private Optional<Content> secret(String namespace, String name)
      throws UnresolvedException, InterruptedException {
    try {
      return reader.content(Reference.secret(namespace, name));
    } catch (MissingReferenceException forbidden) {
      return Optional.empty();
    }
  }
}
