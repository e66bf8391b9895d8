package io.viking.cli.rights;

import io.kubernetes.client.openapi.models.V1FlowSchema;
import io.kubernetes.client.openapi.models.V1PolicyRule;
import io.kubernetes.client.openapi.models.V1ResourceAttributes;
import io.kubernetes.client.openapi.models.V1SubjectAccessReview;
import io.kubernetes.client.openapi.models.V1SubjectAccessReviewSpec;
import io.viking.cli.install.InstalledObject;
import io.viking.cli.install.InstalledTypes;
import io.viking.cli.install.Installer;
import io.viking.cli.install.JarManifest;
import io.viking.controlplane.ControlPlaneException;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Gives the users of the loops their rights, at every start and before the loops, and waits until
 * they are in force: the API server follows its own roles by a watch.
 */
public final class LoopRights {
  private static final int LOOKS = 200;

  private static final ResourceType<V1SubjectAccessReview> REVIEWS =
      InstalledTypes.ofCluster(
          V1SubjectAccessReview.class, "authorization.k8s.io", "subjectaccessreviews");

  private static final ResourceType<V1FlowSchema> FLOWS =
      InstalledTypes.ofCluster(V1FlowSchema.class, "flowcontrol.apiserver.k8s.io", "flowschemas");

  private final KubeApi api;
  private final Installer installer;
  private final Duration betweenLooks;

  /**
   * @param api of somebody who may do all that the loops may, and may write roles
   */
  public LoopRights(KubeApi api, Installer installer, Duration betweenLooks) {
    this.api = api;
    this.installer = installer;
    this.betweenLooks = betweenLooks;
  }

  /**
   * Applies them, whatever is there.
   *
   * @throws ControlPlaneException they are not written, or not in force in time; without them
   *     nothing works
   */
  public void apply() throws InterruptedException {
    List<LoopRole> roles = LoopRole.all();
    try {
      write(roles);
      for (LoopRole role : roles) {
        for (String user : role.users()) {
          await(role, user);
        }
      }
    } catch (KubeApiException refused) {
      throw new ControlPlaneException(
          "the rights of viking's loops could not be written (%s): nothing works without them."
              .formatted(refused.getMessage()),
          refused);
    }
  }

  /** Side by side: a start waits for them. Each role before its binding. */
  private void write(List<LoopRole> roles) throws InterruptedException {
    List<Callable<Void>> writes = new ArrayList<>();
    for (InstalledObject flow :
        JarManifest.objects(JarManifest.text(LoopRights.class, "flow.yaml"), List.of(FLOWS))) {
      writes.add(write(flow));
    }
    roles.forEach(role -> writes.add(write(role.object(), role.binding())));
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> written : executor.invokeAll(writes)) {
        written.get();
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    }
  }

  private Callable<Void> write(InstalledObject... inOrder) {
    return () -> {
      for (InstalledObject object : inOrder) {
        installer.apply(object);
      }
      return null;
    };
  }

  private void await(LoopRole role, String user) throws InterruptedException {
    for (int looks = 0; !isInForce(role, user); looks++) {
      if (looks == LOOKS) {
        throw new ControlPlaneException(
            "%s does not have the rights of %s %s, which were written: \"viking logs kube-apiserver\" may say why."
                .formatted(user, role.object().type().kind(), role.object().name()));
      }
      Thread.sleep(betweenLooks);
    }
  }

  private boolean isInForce(LoopRole role, String user) {
    var review =
        new V1SubjectAccessReview()
            .apiVersion("authorization.k8s.io/v1")
            .kind(REVIEWS.kind())
            .spec(
                new V1SubjectAccessReviewSpec()
                    .user(user)
                    .resourceAttributes(first(role.rules().getLast(), role.object().namespace())));
    var status = api.create(REVIEWS, "", review).getStatus();
    return status != null && status.getAllowed();
  }

  /** One thing that a rule allows. */
  private static V1ResourceAttributes first(V1PolicyRule rule, String namespace) {
    String resource = one(rule.getResources());
    int slash = resource.indexOf('/');
    return new V1ResourceAttributes()
        .verb(one(rule.getVerbs()))
        .group(one(rule.getApiGroups()))
        .resource(slash < 0 ? resource : resource.substring(0, slash))
        .subresource(slash < 0 ? "" : resource.substring(slash + 1))
        .name(one(rule.getResourceNames()))
        .namespace(namespace);
  }

  private static String one(@Nullable List<String> values) {
    return values == null || values.isEmpty() ? "" : values.getFirst();
  }
}
