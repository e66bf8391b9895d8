package io.viking.syncer.kubelet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.kubernetes.client.openapi.models.V1TokenReview;
import io.kubernetes.client.openapi.models.V1TokenReviewSpec;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Who calls: a client certificate that TLS has verified, or a bearer token. */
final class Authenticator {
  static final ResourceType<V1TokenReview> TOKEN_REVIEWS =
      new ResourceType<>(
          V1TokenReview.class, "authentication.k8s.io", "v1", "tokenreviews", "TokenReview", false);

  private final KubeApi api;

  /** By digest, so that no token lies about in memory. */
  private final Cache<HashCode, Optional<Caller>> reviewed =
      Caffeine.newBuilder().maximumSize(1_000).expireAfterWrite(Duration.ofSeconds(10)).build();

  Authenticator(KubeApi api) {
    this.api = api;
  }

  /**
   * @param authorization the header's value, {@code ""} if absent
   * @return empty: nobody we know
   * @throws io.viking.kube.client.KubeApiException the token could not be reviewed
   */
  Optional<Caller> authenticate(Optional<X509Certificate> certificate, String authorization) {
    if (certificate.isPresent()) {
      return certificate.map(Caller::of);
    }
    if (!authorization.startsWith("Bearer ") || authorization.length() == "Bearer ".length()) {
      return Optional.empty();
    }
    String token = authorization.substring("Bearer ".length()).strip();
    HashCode digest = Hashing.sha256().hashString(token, StandardCharsets.UTF_8);
    Optional<Caller> known = reviewed.getIfPresent(digest);
    if (known != null) {
      return known;
    }
    Optional<Caller> caller = review(token);
    reviewed.put(digest, caller);
    return caller;
  }

  private Optional<Caller> review(String token) {
    var review = new V1TokenReview().spec(new V1TokenReviewSpec().token(token));
    var status = api.create(TOKEN_REVIEWS, "", review).getStatus();
    if (status == null
        || !Boolean.TRUE.equals(status.getAuthenticated())
        || status.getUser() == null) {
      return Optional.empty();
    }
    var user = status.getUser();
    List<String> groups =
        new ArrayList<>(Objects.requireNonNullElseGet(user.getGroups(), List::<String>of));
    return Optional.of(
        new Caller(
            Objects.requireNonNullElse(user.getUsername(), ""),
            Objects.requireNonNullElse(user.getUid(), ""),
            groups));
  }
}
