package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.grpc.Channel;
import io.kubernetes.client.openapi.models.V1Pod;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.cloud.client.CatalogSnapshot;
import io.viking.cloud.v1.Capabilities;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.Limits;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.events.EventTarget;
import io.viking.kube.loop.LoopShell;
import io.viking.kube.profile.ProfileSource;
import io.viking.syncer.pods.BatchLimits;
import io.viking.syncer.pods.PodScope;
import io.viking.syncer.pods.files.FilesConfig;
import io.viking.syncer.pods.files.FilesCore;
import io.viking.syncer.pods.files.FilesEffect;
import io.viking.syncer.pods.files.FilesEvent;
import io.viking.syncer.pods.files.FilesObserver;
import io.viking.syncer.pods.files.FilesRunner;
import io.viking.syncer.pods.lifecycle.CloudSide;
import io.viking.syncer.pods.lifecycle.Instants;
import io.viking.syncer.pods.manifest.FileSource;
import io.viking.syncer.pods.manifest.ManifestConfig;
import io.viking.syncer.pods.manifest.PodManifestResolver;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A ServiceAccount's token lives for ten minutes at least. So a second syncer's files loop, whose
 * clock a test can put forward, takes over a pod of the running cluster: its API server and its
 * cloud are the real ones.
 */
class TokenRotationIT {
  private static final String TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount/token";

  /** A pod's own token is asked for for 3,607 s, and is renewed at 80 % of that at the latest. */
  private static final Duration ALMOST_THE_LIFE_OF_A_TOKEN = Duration.ofSeconds(3_000);

  private final Cluster cluster = SharedViking.cluster();
  private Kubectl kubectl;
  private String namespace = "";

  @BeforeEach
  void makeNamespace() throws Exception {
    kubectl = new Kubectl(SharedViking.process());
    namespace = cluster.newNamespace("rotation");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    cluster.deleteNamespace(namespace);
  }

  @Test
  void token_isRenewedInTheRunningInstance_beforeItsLifeEnds() throws Exception {
    kubectl.does("-n", namespace, "run", "app", "--image=nginx");
    kubectl.does("-n", namespace, "wait", "pod/app", "--for=condition=Ready", "--timeout=60s");
    V1Pod pod = cluster.pod(namespace, "app").orElseThrow();
    Instance instance = cluster.instances(namespace).getFirst();
    JsonObject first = claims(token());
    var ahead = new AtomicReference<>(Duration.ZERO);

    try (AdapterChannel cloud = cluster.adapter();
        ExecutorService reads = Executors.newVirtualThreadPerTaskExecutor();
        var loop = filesLoop(cloud.channel(), reads, ahead)) {
      loop.start();
      loop.offerAll(
          List.of(
              new FilesEvent.PodSeen(pod),
              new FilesEvent.InstancesListed(
                  List.of(
                      new FilesEvent.Sight(
                          instance.getUid(),
                          !CloudSide.hasEnded(instance),
                          Instants.createdAt(instance))))));
      assertThat(claims(token())).as("not before it is due").isEqualTo(first);

      ahead.set(ALMOST_THE_LIFE_OF_A_TOKEN);

      Await.until("another token", () -> !claims(token()).equals(first));
    }
    JsonObject second = claims(token());
    assertThat(second.get("exp").getAsLong()).isGreaterThanOrEqualTo(first.get("exp").getAsLong());
    assertThat(boundPod(second)).isEqualTo(boundPod(first)).isEqualTo(pod.getMetadata().getUid());
    assertThat(userOf(token())).isEqualTo("system:serviceaccount:" + namespace + ":default");
  }

  private LoopShell<FilesEvent, FilesEffect> filesLoop(
      Channel cloud, ExecutorService reads, AtomicReference<Duration> ahead) throws Exception {
    BatchLimits limits = BatchLimits.of(Limits.getDefaultInstance());
    return new LoopShell<>(
        "rotation",
        new FilesCore(
            new AllZones(), true, limits.items(), FilesConfig.DEFAULT, FilesObserver.NONE),
        new FilesRunner(
            files(reads),
            cloud,
            cluster.clusterId(),
            limits,
            Duration.ofSeconds(10),
            new Nobody(),
            nudged -> {},
            FilesConfig.DEFAULT),
        () -> Instant.now().plus(ahead.get()),
        new SimpleMeterRegistry());
  }

  private FileSource files(ExecutorService reads) {
    return new PodManifestResolver(
            cluster.clients().api(),
            new ManifestConfig("127.0.0.1", 6443, "127.0.0.1", ManifestConfig.Dns.NONE),
            ProfileSource.NONE,
            Capabilities::getDefaultInstance,
            () -> CatalogSnapshot.EMPTY,
            reads)
        .files();
  }

  private String token() throws Exception {
    return kubectl.does("-n", namespace, "exec", "app", "--", "cat", TOKEN).strip();
  }

  /** Whom the API server takes the token's bearer for. */
  private String userOf(String token) throws Exception {
    String review =
        """
        {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview", "spec": {"token": "%s"}}
        """
            .formatted(token);
    return kubectl
        .runWith(review, "create", "-f", "-", "-o", "jsonpath={.status.user.username}")
        .output();
  }

  private static JsonObject claims(String token) {
    return JsonParser.parseString(
            new String(
                Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8))
        .getAsJsonObject();
  }

  private static String boundPod(JsonObject claims) {
    return claims.getAsJsonObject("kubernetes.io").getAsJsonObject("pod").get("uid").getAsString();
  }

  private static final class AllZones implements PodScope {
    @Override
    public boolean isZone(String nodeName) {
      return true;
    }

    @Override
    public String hostIp(String nodeName) {
      return "127.0.0.1";
    }
  }

  private static final class Nobody implements EventRecorder {
    @Override
    public void normal(EventTarget target, String reason, String message) {}

    @Override
    public void warning(EventTarget target, String reason, String message) {
      throw new AssertionError(reason + ": " + message);
    }
  }
}
