package io.viking.syncer.kubelet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.kubernetes.client.openapi.models.V1ResourceAttributes;
import io.kubernetes.client.openapi.models.V1SubjectAccessReview;
import io.kubernetes.client.openapi.models.V1SubjectAccessReviewSpec;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import java.time.Duration;
import java.util.List;

/**
 * Who may: SubjectAccessReviews on {@code nodes/<subresource>}, remembered for a short time. What
 * is not allowed is denied, the API server's own certificate included.
 */
final class Authorizer {
  static final ResourceType<V1SubjectAccessReview> REVIEWS =
      new ResourceType<>(
          V1SubjectAccessReview.class,
          "authorization.k8s.io",
          "v1",
          "subjectaccessreviews",
          "SubjectAccessReview",
          false);

  private static final Duration ALLOWED = Duration.ofSeconds(60);
  private static final Duration DENIED = Duration.ofSeconds(5);

  private record Question(Caller caller, String verb, String subresource, String node) {}

  private final KubeApi api;
  private final Cache<Question, Boolean> answers =
      Caffeine.newBuilder()
          .maximumSize(10_000)
          .<Question, Boolean>expireAfter(
              Expiry.creating((question, allowed) -> allowed ? ALLOWED : DENIED))
          .build();

  Authorizer(KubeApi api) {
    this.api = api;
  }

  /**
   * @param subresources one of them must be allowed
   * @param node {@code ""}: all nodes
   * @throws io.viking.kube.client.KubeApiException it could not be asked
   */
  boolean isAllowed(Caller caller, String verb, List<String> subresources, String node) {
    return subresources.stream()
        .anyMatch(subresource -> isAllowed(new Question(caller, verb, subresource, node)));
  }

  private boolean isAllowed(Question question) {
    Boolean known = answers.getIfPresent(question);
    if (known != null) {
      return known;
    }
    boolean allowed = review(question);
    answers.put(question, allowed);
    return allowed;
  }

  private boolean review(Question question) {
    var attributes =
        new V1ResourceAttributes()
            .verb(question.verb())
            .version("v1")
            .resource("nodes")
            .subresource(question.subresource());
    if (!question.node().isEmpty()) {
      attributes.name(question.node());
    }
    var spec =
        new V1SubjectAccessReviewSpec()
            .user(question.caller().user())
            .groups(question.caller().groups())
            .resourceAttributes(attributes);
    if (!question.caller().uid().isEmpty()) {
      spec.uid(question.caller().uid());
    }
    var status = api.create(REVIEWS, "", new V1SubjectAccessReview().spec(spec)).getStatus();
    return status != null && Boolean.TRUE.equals(status.getAllowed());
  }
}
