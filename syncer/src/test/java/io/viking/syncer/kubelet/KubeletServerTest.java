package io.viking.syncer.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1SubjectAccessReview;
import io.kubernetes.client.openapi.models.V1SubjectAccessReviewStatus;
import io.kubernetes.client.openapi.models.V1TokenReview;
import io.kubernetes.client.openapi.models.V1TokenReviewStatus;
import io.kubernetes.client.openapi.models.V1UserInfo;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.ReadLogsRequest;
import io.viking.cloud.v1.ReadLogsResponse;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeJson;
import io.viking.syncer.testing.FakeKubeApi;
import io.viking.syncer.testing.FakeObjectCache;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server over real TLS on loopback; the cloud and the API server are doubles. */
class KubeletServerTest {
  private static final String LOGS = "/containerLogs/shop/web/app";

  private final FakeKubeApi api = new FakeKubeApi();
  private final FakeObjectCache<V1Pod> pods = new FakeObjectCache<>();
  private final Cloud cloud = new Cloud();

  private TestPki pki;
  private Server cloudServer;
  private ManagedChannel channel;
  private KubeletServer server;
  private HttpClient apiServer;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    pki = new TestPki();
    TestPki.Identity serving = pki.issue("CN=kubelet");
    String name = InProcessServerBuilder.generateName();
    cloudServer = InProcessServerBuilder.forName(name).addService(cloud).build().start();
    channel = InProcessChannelBuilder.forName(name).build();
    api.answerCreates(KubeletServerTest::review);
    pods.put(pod("web", "zone-a"));
    pods.put(pod("elsewhere", "machine-1"));
    server =
        new KubeletServer(
            new KubeletConfig(
                "127.0.0.1",
                0,
                TestPki.certificateFile(directory, serving),
                TestPki.keyFile(directory, serving),
                Optional.of(pki.authorityFile(directory))),
            api,
            channel,
            "cluster-1",
            pods,
            node -> node.startsWith("zone-"),
            Clock.systemUTC());
    server.start();
    apiServer = client(Optional.of(pki.issue("CN=apiserver,O=system:masters")));
  }

  @AfterEach
  void stop() {
    apiServer.shutdownNow();
    server.close();
    channel.shutdownNow();
    cloudServer.shutdownNow();
  }

  /** The API server's answers: "apiserver" and the token "good" may, all others may not. */
  private static io.kubernetes.client.common.KubernetesObject review(
      io.kubernetes.client.common.KubernetesObject object) {
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

  @Test
  void healthz_apiServer_isOk() throws Exception {
    assertThat(get("/healthz").body()).isEqualTo("ok\n");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "/healthz",
        "/pods",
        LOGS,
        "/exec/shop/web/app",
        "/attach/shop/web/app",
        "/portForward/shop/web",
        "/run/shop/web/app",
        "/stats/summary",
        "/metrics/resource",
        "/configz",
        "/logs/",
        "/nothing"
      })
  void anyPath_strangers_areTurnedAway(String path) throws Exception {
    HttpClient nobody = client(Optional.empty());
    HttpClient stranger = client(Optional.of(pki.issue("CN=stranger,O=guests")));

    assertThat(get(nobody, path, "").statusCode()).isEqualTo(401);
    assertThat(get(nobody, path, "Bearer wrong").statusCode()).isEqualTo(401);
    assertThat(get(stranger, path, "").statusCode()).isEqualTo(403);
    assertThat(cloud.requests).isEmpty();
    nobody.shutdownNow();
    stranger.shutdownNow();
  }

  @Test
  void token_allowedOneSubresource_seesThatAlone() throws Exception {
    HttpClient nobody = client(Optional.empty());

    assertThat(get(nobody, "/pods", "Bearer good").statusCode()).isEqualTo(200);
    assertThat(get(nobody, LOGS, "Bearer good").statusCode()).isEqualTo(403);
    nobody.shutdownNow();
  }

  @Test
  void certificate_ofAnotherAuthority_getsNoConnection() throws Exception {
    HttpClient forger = client(Optional.of(new TestPki().issue("CN=apiserver,O=system:masters")));

    String outcome;
    try {
      outcome = Integer.toString(get(forger, "/healthz", "").statusCode());
    } catch (java.io.IOException handshakeFailed) {
      outcome = "refused";
    }

    assertThat(outcome).isIn("refused", "401");
    forger.shutdownNow();
  }

  @Test
  void apiServerOutOfReach_nobodyGetsIn() throws Exception {
    api.failWith(Optional.of(new KubeApiException("no answer", new java.io.IOException())));

    assertThat(get("/healthz").statusCode()).isEqualTo(500);
  }

  @Test
  void authorization_sameCallerTwice_isAskedOnce() throws Exception {
    get("/healthz");
    get("/healthz");

    assertThat(api.calls()).hasSize(1);
  }

  @Test
  void authorization_ofAPod_namesItsNode() throws Exception {
    var nodes = new LinkedBlockingQueue<String>();
    api.answerCreates(
        object -> {
          if (object instanceof V1SubjectAccessReview review) {
            nodes.add(String.valueOf(review.getSpec().getResourceAttributes().getName()));
          }
          return review(object);
        });

    get(LOGS);

    assertThat(nodes).containsExactly("zone-a");
  }

  @Test
  void pods_areThoseOnZoneNodes() throws Exception {
    String body = get("/pods").body();

    assertThat(body).startsWith("{\"kind\":\"PodList\"").contains("\"web\"").endsWith("]}");
    assertThat(body).doesNotContain("elsewhere");
  }

  @Test
  void unknownPath_is404() throws Exception {
    assertThat(get("/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void wrongMethod_is405() throws Exception {
    HttpResponse<String> response =
        apiServer.send(
            HttpRequest.newBuilder(uri("/pods")).DELETE().build(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET");
  }

  @Test
  void exec_is501WithASentence() throws Exception {
    HttpResponse<String> response = get("/exec/shop/web/app?command=ls");

    assertThat(response.statusCode()).isEqualTo(501);
    assertThat(response.body()).contains("exec is not served yet");
  }

  @Test
  void logs_wholeLog_arrivesAsItIsWithItsOptions() throws Exception {
    cloud.lines("one\n", "two\n");

    HttpResponse<String> response = get(LOGS + "?tailLines=5&timestamps=true");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("one\ntwo\n");
    ReadLogsRequest asked = cloud.requests.take();
    assertThat(asked.getClusterId()).isEqualTo("cluster-1");
    assertThat(asked.getUid()).isEqualTo("uid-web");
    assertThat(asked.getContainer()).isEqualTo("app");
    assertThat(asked.getTailLines()).isEqualTo(5);
    assertThat(asked.getTimestamps()).isTrue();
  }

  @Test
  void logs_emptyLog_isAnEmptyAnswer() throws Exception {
    cloud.lines();

    assertThat(get(LOGS).body()).isEmpty();
  }

  @Test
  void logs_sameConnectionTwice_answersBoth() throws Exception {
    cloud.lines("x\n");

    assertThat(get(LOGS).body()).isEqualTo("x\n");
    assertThat(get(LOGS).body()).isEqualTo("x\n");
  }

  @Test
  void logs_ofAPodOnAnotherNode_isNotFound() throws Exception {
    HttpResponse<String> response = get("/containerLogs/shop/elsewhere/app");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("pod \"elsewhere\" does not exist\n");
  }

  @Test
  void logs_badQuery_namesTheField() throws Exception {
    HttpResponse<String> response = get(LOGS + "?tailLines=many");

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("tailLines is \"many\"");
  }

  @Test
  void logs_cloudOutOfReach_is503() throws Exception {
    cloud.behaviour = (request, observer) -> observer.onError(Status.UNAVAILABLE.asException());

    assertThat(get(LOGS).statusCode()).isEqualTo(503);
  }

  @Test
  void logs_failsInTheMiddle_isCutOffVisibly() throws Exception {
    cloud.behaviour =
        (request, observer) -> {
          observer.onNext(piece("half a "));
          observer.onError(Status.UNAVAILABLE.asException());
        };

    InputStream body = open(LOGS).body();

    org.assertj.core.api.Assertions.assertThatThrownBy(body::readAllBytes)
        .isInstanceOf(java.io.IOException.class);
  }

  @Test
  void logsFollow_lineIsWritten_arrivesWhileTheStreamStands() throws Exception {
    var observers = new LinkedBlockingQueue<StreamObserver<ReadLogsResponse>>();
    cloud.behaviour = (request, observer) -> observers.add(observer);
    var answer = apiServer.sendAsync(request(LOGS + "?follow=true"), BodyHandlers.ofInputStream());
    StreamObserver<ReadLogsResponse> log = observers.take();
    log.onNext(piece("first\n"));
    InputStream body = answer.get(10, TimeUnit.SECONDS).body();

    assertThat(new String(body.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("first\n");
    log.onNext(piece("second\n"));
    assertThat(new String(body.readNBytes(7), StandardCharsets.UTF_8)).isEqualTo("second\n");
    log.onCompleted();
    assertThat(body.read()).isEqualTo(-1);
  }

  @Test
  void logsFollow_quietContainer_showsHeadersSoon() throws Exception {
    cloud.behaviour = (request, observer) -> {};

    assertThat(open(LOGS + "?follow=true").statusCode()).isEqualTo(200);
  }

  @Test
  void logsFollow_callerGoes_cancelsTheCloudsStream() throws Exception {
    var cancelled = new LinkedBlockingQueue<Boolean>();
    cloud.behaviour =
        (request, observer) -> {
          ((ServerCallStreamObserver<ReadLogsResponse>) observer)
              .setOnCancelHandler(() -> cancelled.add(true));
          observer.onNext(piece("x\n"));
        };
    InputStream body = open(LOGS + "?follow=true").body();
    assertThat(body.read()).isEqualTo('x');

    body.close();

    assertThat(cancelled.poll(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void logs_callerDoesNotRead_sourceStopsBeingAsked() throws Exception {
    byte[] line = "x".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
    int pieces = 2_000;
    var sent = new AtomicLong();
    cloud.behaviour =
        (request, observer) -> {
          var flow = (ServerCallStreamObserver<ReadLogsResponse>) observer;
          flow.setOnReadyHandler(
              () -> {
                while (flow.isReady() && sent.get() < pieces) {
                  sent.incrementAndGet();
                  flow.onNext(
                      ReadLogsResponse.newBuilder().setData(ByteString.copyFrom(line)).build());
                }
                if (sent.get() == pieces) {
                  sent.incrementAndGet();
                  flow.onCompleted();
                }
              });
        };

    InputStream body = open(LOGS).body();
    body.readNBytes(1);
    var last = new AtomicLong(-1);
    await()
        .pollInterval(java.time.Duration.ofMillis(300))
        .until(() -> last.getAndSet(sent.get()) == sent.get());
    long whileNobodyRead = sent.get();
    long rest = body.transferTo(java.io.OutputStream.nullOutputStream());

    assertThat(whileNobodyRead).as("pieces taken from the cloud").isLessThan(pieces);
    assertThat(rest + 1).isEqualTo((long) pieces * line.length);
  }

  private HttpResponse<String> get(String path) throws Exception {
    return get(apiServer, path, "");
  }

  private HttpResponse<String> get(HttpClient client, String path, String authorization)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<InputStream> open(String path) throws Exception {
    return apiServer.send(request(path), BodyHandlers.ofInputStream());
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(uri(path)).build();
  }

  private URI uri(String path) {
    return URI.create("https://127.0.0.1:" + server.port() + path);
  }

  private HttpClient client(Optional<TestPki.Identity> identity) throws Exception {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .sslContext(pki.client(identity))
        .build();
  }

  private static ReadLogsResponse piece(String text) {
    return ReadLogsResponse.newBuilder().setData(ByteString.copyFromUtf8(text)).build();
  }

  private static V1Pod pod(String name, String node) {
    return KubeJson.gson()
        .fromJson(
            """
            {"metadata":{"name":"%s","namespace":"shop","uid":"uid-%s"},
             "spec":{"nodeName":"%s","containers":[{"name":"app"}]},
             "status":{"containerStatuses":[{"name":"app","image":"i","imageID":"","ready":true,
               "restartCount":0,"state":{"running":{}}}]}}
            """
                .formatted(name, name, node),
            V1Pod.class);
  }

  /** A cloud whose logs a test writes. */
  private static final class Cloud extends InstanceServiceGrpc.InstanceServiceImplBase {
    interface Behaviour {
      void read(ReadLogsRequest request, StreamObserver<ReadLogsResponse> observer);
    }

    final BlockingQueue<ReadLogsRequest> requests = new LinkedBlockingQueue<>();
    volatile Behaviour behaviour = (request, observer) -> observer.onCompleted();

    void lines(String... lines) {
      behaviour =
          (request, observer) -> {
            for (String line : lines) {
              observer.onNext(piece(line));
            }
            observer.onCompleted();
          };
    }

    @Override
    public void readLogs(ReadLogsRequest request, StreamObserver<ReadLogsResponse> observer) {
      requests.add(request);
      behaviour.read(request, observer);
    }
  }
}
