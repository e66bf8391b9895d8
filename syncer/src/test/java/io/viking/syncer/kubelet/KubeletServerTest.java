package io.viking.syncer.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kubernetes.client.openapi.models.V1SubjectAccessReview;
import io.viking.cloud.v1.ReadLogsRequest;
import io.viking.cloud.v1.ReadLogsResponse;
import io.viking.kube.client.KubeApiException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server over real TLS on loopback; the cloud and the API server are doubles. */
class KubeletServerTest {
  private static final String LOGS = "/containerLogs/shop/web/app";

  private KubeletFixture kubelet;

  @BeforeEach
  void start() throws Exception {
    kubelet = new KubeletFixture();
  }

  @AfterEach
  void stop() throws Exception {
    kubelet.close();
  }

  @Test
  void healthz_apiServer_isOk() throws Exception {
    assertThat(kubelet.get("/healthz").body()).isEqualTo("ok\n");
  }

  @Test
  void token_allowedOneSubresource_seesThatAlone() throws Exception {
    HttpClient nobody = kubelet.client(Optional.empty());

    assertThat(kubelet.get(nobody, "/pods", "Bearer good").statusCode()).isEqualTo(200);
    assertThat(kubelet.get(nobody, LOGS, "Bearer good").statusCode()).isEqualTo(403);
    nobody.shutdownNow();
  }

  @Test
  void certificate_ofAnotherAuthority_getsNoConnection() throws Exception {
    HttpClient forger =
        kubelet.client(Optional.of(new TestPki().issue("CN=apiserver,O=system:masters")));

    String outcome;
    try {
      outcome = Integer.toString(kubelet.get(forger, "/healthz", "").statusCode());
    } catch (java.io.IOException handshakeFailed) {
      outcome = "refused";
    }

    assertThat(outcome).isIn("refused", "401");
    forger.shutdownNow();
  }

  @Test
  void apiServerOutOfReach_nobodyGetsIn() throws Exception {
    kubelet.api.failWith(Optional.of(new KubeApiException("no answer", new java.io.IOException())));

    assertThat(kubelet.get("/healthz").statusCode()).isEqualTo(500);
  }

  @Test
  void podsNotKnown_aReplicaThatStandsBy_saysSoInsteadOfThatThereIsNone() throws Exception {
    kubelet.pods.notSynced();

    for (String path : List.of(LOGS, "/pods", "/metrics/resource")) {
      var answer = kubelet.get(path);
      assertThat(answer.statusCode()).as(path).isEqualTo(503);
      assertThat(answer.body()).contains("stands by for another");
    }
    assertThat(kubelet.get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void authorization_sameCallerTwice_isAskedOnce() throws Exception {
    kubelet.get("/healthz");
    kubelet.get("/healthz");

    assertThat(kubelet.api.calls()).hasSize(1);
  }

  @Test
  void authorization_ofAPod_namesItsNode() throws Exception {
    var nodes = new LinkedBlockingQueue<String>();
    kubelet.api.answerCreates(
        object -> {
          if (object instanceof V1SubjectAccessReview review) {
            nodes.add(String.valueOf(review.getSpec().getResourceAttributes().getName()));
          }
          return KubeletFixture.review(object);
        });

    kubelet.get(LOGS);

    assertThat(nodes).containsExactly("zone-a");
  }

  @Test
  void pods_areThoseOnZoneNodes() throws Exception {
    String body = kubelet.get("/pods").body();

    assertThat(body).startsWith("{\"kind\":\"PodList\"").contains("\"web\"").endsWith("]}");
    assertThat(body).doesNotContain("elsewhere");
  }

  @Test
  void unknownPath_is404() throws Exception {
    assertThat(kubelet.get("/nothing").statusCode()).isEqualTo(404);
  }

  @Test
  void wrongMethod_is405() throws Exception {
    HttpResponse<String> response =
        kubelet.apiServer.send(
            HttpRequest.newBuilder(kubelet.uri("/pods")).DELETE().build(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET");
  }

  @Test
  void logs_wholeLog_arrivesAsItIsWithItsOptions() throws Exception {
    kubelet.cloud.lines("one\n", "two\n");

    HttpResponse<String> response = kubelet.get(LOGS + "?tailLines=5&timestamps=true");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("one\ntwo\n");
    ReadLogsRequest asked = kubelet.cloud.logRequests.take();
    assertThat(asked.getClusterId()).isEqualTo("cluster-1");
    assertThat(asked.getUid()).isEqualTo("uid-web");
    assertThat(asked.getContainer()).isEqualTo("app");
    assertThat(asked.getTailLines()).isEqualTo(5);
    assertThat(asked.getTimestamps()).isTrue();
  }

  @Test
  void logs_emptyLog_isAnEmptyAnswer() throws Exception {
    kubelet.cloud.lines();

    assertThat(kubelet.get(LOGS).body()).isEmpty();
  }

  @Test
  void logs_sameConnectionTwice_answersBoth() throws Exception {
    kubelet.cloud.lines("x\n");

    assertThat(kubelet.get(LOGS).body()).isEqualTo("x\n");
    assertThat(kubelet.get(LOGS).body()).isEqualTo("x\n");
  }

  @Test
  void logs_ofAPodOnAnotherNode_isNotFound() throws Exception {
    HttpResponse<String> response = kubelet.get("/containerLogs/shop/elsewhere/app");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("pod \"elsewhere\" does not exist\n");
  }

  @Test
  void logs_badQuery_namesTheField() throws Exception {
    HttpResponse<String> response = kubelet.get(LOGS + "?tailLines=many");

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(response.body()).contains("tailLines is \"many\"");
  }

  @Test
  void logs_cloudOutOfReach_is503() throws Exception {
    kubelet.cloud.logs = (request, observer) -> observer.onError(Status.UNAVAILABLE.asException());

    assertThat(kubelet.get(LOGS).statusCode()).isEqualTo(503);
  }

  @Test
  void logs_failsInTheMiddle_isCutOffVisibly() throws Exception {
    kubelet.cloud.logs =
        (request, observer) -> {
          observer.onNext(FakeInstances.logPiece("half a "));
          observer.onError(Status.UNAVAILABLE.asException());
        };

    InputStream body = open(LOGS).body();

    org.assertj.core.api.Assertions.assertThatThrownBy(body::readAllBytes)
        .isInstanceOf(java.io.IOException.class);
  }

  @Test
  void logsFollow_lineIsWritten_arrivesWhileTheStreamStands() throws Exception {
    var observers = new LinkedBlockingQueue<StreamObserver<ReadLogsResponse>>();
    kubelet.cloud.logs = (request, observer) -> observers.add(observer);
    var answer =
        kubelet.apiServer.sendAsync(
            kubelet.request(LOGS + "?follow=true"), BodyHandlers.ofInputStream());
    StreamObserver<ReadLogsResponse> log = observers.take();
    log.onNext(FakeInstances.logPiece("first\n"));
    InputStream body = answer.get(10, TimeUnit.SECONDS).body();

    assertThat(new String(body.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("first\n");
    log.onNext(FakeInstances.logPiece("second\n"));
    assertThat(new String(body.readNBytes(7), StandardCharsets.UTF_8)).isEqualTo("second\n");
    log.onCompleted();
    assertThat(body.read()).isEqualTo(-1);
  }

  @Test
  void logsFollow_quietContainer_showsHeadersSoon() throws Exception {
    kubelet.cloud.logs = (request, observer) -> {};

    assertThat(open(LOGS + "?follow=true").statusCode()).isEqualTo(200);
  }

  @Test
  void logsFollow_callerGoes_cancelsTheCloudsStream() throws Exception {
    var cancelled = new LinkedBlockingQueue<Boolean>();
    kubelet.cloud.logs =
        (request, observer) -> {
          ((ServerCallStreamObserver<ReadLogsResponse>) observer)
              .setOnCancelHandler(() -> cancelled.add(true));
          observer.onNext(FakeInstances.logPiece("x\n"));
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
    kubelet.cloud.logs =
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

  private HttpResponse<InputStream> open(String path) throws Exception {
    return kubelet.apiServer.send(kubelet.request(path), BodyHandlers.ofInputStream());
  }
}
