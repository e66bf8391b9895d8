package io.viking.syncer.pods.manifest;

import com.google.gson.JsonObject;
import com.google.protobuf.ByteString;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.kubernetes.client.openapi.models.V1BoundObjectReference;
import io.kubernetes.client.openapi.models.V1TokenRequestSpec;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.syncer.pods.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** ServiceAccount tokens bound to one pod: void once the pod of that UID is gone. */
final class TokenSource {
  static final long DEFAULT_SECONDS = 3600;

  /**
   * @param life as it was granted, which need not be what was asked for
   */
  record Token(ByteString value, Duration life) {
    /** Never the token. */
    @Override
    public String toString() {
      return "Token[" + life + "]";
    }
  }

  private final KubeApi api;

  TokenSource(KubeApi api) {
    this.api = api;
  }

  /**
   * Asks for a new token; one write at the API server.
   *
   * @param projection a core/v1 ServiceAccountTokenProjection
   */
  Token token(JsonObject pod, JsonObject projection)
      throws UnresolvedException, MissingReferenceException {
    String audience = Json.string(projection, "audience");
    String account = PodFields.read(pod, "spec.serviceAccountName").orElse("");
    long seconds =
        projection.has("expirationSeconds")
            ? projection.get("expirationSeconds").getAsLong()
            : DEFAULT_SECONDS;
    AuthenticationV1TokenRequest request =
        new AuthenticationV1TokenRequest()
            .spec(
                new V1TokenRequestSpec()
                    .audiences(audience.isEmpty() ? List.of() : List.of(audience))
                    .expirationSeconds(seconds)
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
      var granted = answer.getSpec();
      Long life = granted == null ? null : granted.getExpirationSeconds();
      return new Token(
          ByteString.copyFromUtf8(status.getToken()),
          Duration.ofSeconds(Objects.requireNonNullElse(life, seconds)));
    } catch (KubeApiException failed) {
      if (failed.isRetriable()) {
        throw ReferenceReader.unresolved(failed);
      }
      throw new MissingReferenceException("failed to fetch token: " + failed.getMessage());
    }
  }
}
