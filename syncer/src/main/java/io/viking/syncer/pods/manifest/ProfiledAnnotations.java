package io.viking.syncer.pods.manifest;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.kube.profile.ClusterProfile;
import io.viking.kube.profile.PodFace;
import io.viking.kube.profile.ProfileSource;
import io.viking.syncer.pods.json.Json;
import java.util.Map;

/**
 * The annotations of a pod, with what the cluster's profile says beside them. The scheduler puts on
 * a pod what the profile's selectors add; one that came to its zone past it gets that on its
 * instance alone.
 */
final class ProfiledAnnotations {
  private final ProfileSource profile;
  private final ReferenceReader reader;

  ProfiledAnnotations(ProfileSource profile, ReferenceReader reader) {
    this.profile = profile;
    this.reader = reader;
  }

  /**
   * @throws UnresolvedException the profile, or what it asks for, is not known now
   */
  Map<String, String> of(JsonObject pod) throws UnresolvedException, InterruptedException {
    ClusterProfile known =
        profile
            .current()
            .orElseThrow(
                () ->
                    new UnresolvedException(
                        new Resolution.Retry("the cluster's profile is not known yet")));
    JsonObject metadata = Json.object(pod, "metadata").orElseGet(JsonObject::new);
    Map<String, String> annotations = Json.map(metadata, "annotations");
    if (annotations.containsKey(ZoneCandidates.ANNOTATION)) {
      return known.withDefaults(annotations);
    }
    return known.completed(
        new PodFace(
            Json.map(metadata, "labels"),
            annotations,
            known.asksNamespaces() ? namespaceLabels(metadata) : Map.of()));
  }

  private Map<String, String> namespaceLabels(JsonObject metadata)
      throws UnresolvedException, InterruptedException {
    try {
      return reader
          .namespace(Json.string(metadata, "namespace"))
          .map(V1Namespace::getMetadata)
          .map(V1ObjectMeta::getLabels)
          .orElse(Map.of());
    } catch (MissingReferenceException forbidden) {
      throw new UnresolvedException(new Resolution.Retry(String.valueOf(forbidden.getMessage())));
    }
  }
}
