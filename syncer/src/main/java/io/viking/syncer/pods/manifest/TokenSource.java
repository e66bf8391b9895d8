package io.viking.syncer.pods.manifest;

import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.kubernetes.client.openapi.models.V1BoundObjectReference;
import io.kubernetes.client.openapi.models.V1TokenRequestSpec;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.syncer.pods.json.Json;
import java.util.List;

/** ServiceAccount tokens bound to one pod: void once the pod of that UID is gone. */
final class TokenSource {
  private static final long DEFAULT_SECONDS = 3600;

  private final KubeApi api;

  TokenSource(KubeApi api) {
    this.api = api;
  }

  /**
   * Asks for a new token; one write at the API server.
   *
   * @param projection a core/v1 ServiceAccountTokenProjection
   */
  ByteString token(JsonObject pod, JsonObject projection)
      throws UnresolvedException, MissingReferenceException {
    String audience = Json.string(projection, "audience");
    String account = PodFields.read(pod, "spec.serviceAccountName").orElse("");
    AuthenticationV1TokenRequest request =
        new AuthenticationV1TokenRequest()
            .spec(
                new V1TokenRequestSpec()
                    .audiences(audience.isEmpty() ? List.of() : List.of(audience))
                    .expirationSeconds(
                        projection.has("expirationSeconds")
                            ? projection.get("expirationSeconds").getAsLong()
                            : DEFAULT_SECONDS)
                    .boundObjectRef(
                        new V1BoundObjectReference()
                            .apiVersion("v1")
                            .kind("Pod")
                            .name(PodFields.read(pod, "metadata.name").orElse(""))
                            .uid(PodFields.read(pod, "metadata.uid").orElse(""))));
    try {
      AuthenticationV1TokenRequest answer =
          api.createToken(
              PodFields.read(pod, "metadata.namespace").orElse(""),
              account.isEmpty() ? "default" : account,
              request);
      var status = answer.getStatus();
      if (status == null || status.getToken() == null) {
        throw new UnresolvedException(new Resolution.Retry("a token request came back empty"));
      }
      return ByteString.copyFromUtf8(status.getToken());
    } catch (KubeApiException failed) {
      if (failed.isRetriable()) {
        throw ReferenceReader.unresolved(failed);
      }
      throw new MissingReferenceException("failed to fetch token: " + failed.getMessage());
    }
  }
}
