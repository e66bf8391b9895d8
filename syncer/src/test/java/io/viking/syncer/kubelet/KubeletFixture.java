package io.viking.syncer.kubelet;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1SubjectAccessReview;
import io.kubernetes.client.openapi.models.V1SubjectAccessReviewStatus;
import io.kubernetes.client.openapi.models.V1TokenReview;
import io.kubernetes.client.openapi.models.V1TokenReviewStatus;
import io.kubernetes.client.openapi.models.V1UserInfo;
import io.viking.cloud.v1.Capabilities;
import io.viking.kube.client.KubeJson;
import io.viking.kube.testing.FakeCache;
import io.viking.syncer.kubelet.streams.StreamLimits;
import io.viking.syncer.kubelet.streams.StreamWay;
import io.viking.syncer.testing.FakeKubeApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server over real TLS on loopback with doubles of the cloud and of the API server. Pod shop/web
 * runs on zone-a, shop/elsewhere on a machine.
 */
final class KubeletFixture implements AutoCloseable {
  static final Capabilities ALL =
      Capabilities.newBuilder()
          .setExec(true)
          .setPortForward(true)
          .setLogFollow(true)
          .setUsage(true)
          .build();

  final FakeKubeApi api = new FakeKubeApi();
  final FakeCache<V1Pod> pods = FakeCache.synced();
  final FakeInstances cloud = new FakeInstances();
  final TestPki pki = new TestPki();
  final TestPki.Identity apiServerIdentity = pki.issue("CN=apiserver,O=system:masters");
  final KubeletServer server;
  final HttpClient apiServer;

  private final Path directory = Files.createTempDirectory("viking-kubelet-");
  private final ExecutorService cloudThreads = Executors.newVirtualThreadPerTaskExecutor();
  private final Server cloudServer;
  private final ManagedChannel channel;

  KubeletFixture() throws Exception {
    this(ALL, ConnectionLimits.DEFAULT, StreamLimits.DEFAULT);
  }

  KubeletFixture(Capabilities capabilities, ConnectionLimits limits, StreamLimits streamLimits)
      throws Exception {
    this(capabilities, limits, cloud -> StreamWay.of(cloud, "cluster-1", streamLimits));
  }

  interface Way {
    StreamWay over(io.grpc.Channel cloud) throws Exception;
  }

  KubeletFixture(Capabilities capabilities, ConnectionLimits limits, Way way) throws Exception {
    TestPki.Identity serving = pki.issue("CN=kubelet");
    String name = InProcessServerBuilder.generateName();
    cloudServer =
        InProcessServerBuilder.forName(name)
            .executor(cloudThreads) // No platform threads that a test would count as ours.
            .addService(cloud)
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).build();
    api.answerCreates(KubeletFixture::review);
    pods.put(pod("web", "zone-a"));
    pods.put(pod("elsewhere", "machine-1"));
    server =
        new KubeletServer(
            new KubeletConfig(
                "127.0.0.1",
                0,
                TestPki.certificateFile(directory, serving),
                TestPki.keyFile(directory, serving),
                Optional.of(pki.authorityFile(directory)),
                limits),
            api,
            channel,
            capabilities,
            "cluster-1",
            pods,
            node -> node.startsWith("zone-"),
            Clock.systemUTC(),
            way.over(channel));
    server.start();
    apiServer = client(Optional.of(apiServerIdentity));
  }

  @Override
  public void close() throws Exception {
    apiServer.shutdownNow();
    server.close();
    channel.shutdownNow();
    cloudServer.shutdownNow();
    cloudThreads.shutdownNow();
    try (var files = Files.list(directory)) {
      files.forEach(file -> file.toFile().delete());
    }
    Files.delete(directory);
  }

  /** The API server's answers: "apiserver" and, for pods, the token "good" may, others may not. */
  static KubernetesObject review(KubernetesObject object) {
    switch (object) {
      case V1SubjectAccessReview review -> {
        var spec = review.getSpec();
        boolean masters = spec.getGroups().contains("system:masters");
        boolean reader =
            "reader".equals(spec.getUser())
                && "pods".equals(spec.getResourceAttributes().getSubresource());
        review.status(new V1SubjectAccessReviewStatus().allowed(masters || reader));
      }
      case V1TokenReview review -> {
        boolean good = "good".equals(review.getSpec().getToken());
        review.status(
            new V1TokenReviewStatus()
                .authenticated(good)
                .user(new V1UserInfo().username(good ? "reader" : "")));
      }
      default -> {}
    }
    return object;
  }

  HttpResponse<String> get(String path) throws Exception {
    return get(apiServer, path, "");
  }

  HttpResponse<String> get(HttpClient client, String path, String authorization) throws Exception {
    return send(client, "GET", path, authorization);
  }

  HttpResponse<String> send(HttpClient client, String method, String path, String authorization)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path)).method(method, HttpRequest.BodyPublishers.noBody());
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpRequest request(String path) {
    return HttpRequest.newBuilder(uri(path)).build();
  }

  URI uri(String path) {
    return URI.create("https://127.0.0.1:" + server.port() + path);
  }

  HttpClient client(Optional<TestPki.Identity> identity) throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(pki.client(identity))
        .build();
  }

  SpdyClient spdy(String pathAndQuery, String... protocols) throws Exception {
    return SpdyClient.connect(
        server.port(), pki.client(Optional.of(apiServerIdentity)), pathAndQuery, protocols);
  }

  static V1Pod pod(String name, String node) {
    return KubeJson.gson()
        .fromJson(
            """
            {"metadata":{"name":"%s","namespace":"shop","uid":"uid-%s"},
             "spec":{"nodeName":"%s","containers":[{"name":"app"},{"name":"done"},{"name":"late"}]},
             "status":{"phase":"Running","containerStatuses":[
              {"name":"app","image":"i","imageID":"","ready":true,
               "restartCount":0,"state":{"running":{}}},
              {"name":"done","image":"i","imageID":"","ready":false,
               "restartCount":0,"state":{"terminated":{"exitCode":7}}},
              {"name":"late","image":"i","imageID":"","ready":false,
               "restartCount":0,"state":{"waiting":{"reason":"ContainerCreating"}}}]}}
            """
                .formatted(name, name, node),
            V1Pod.class);
  }
}
