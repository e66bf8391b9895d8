package io.viking.chaos.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.openapi.models.V1Pod;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.controlplane.pki.AuthorityName;
import io.viking.controlplane.pki.CertificatePlan;
import io.viking.controlplane.pki.Pki;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import io.viking.kube.client.PatchFormat;
import io.viking.kube.client.Selection;
import io.viking.kube.client.WatchFrame;
import io.viking.kube.client.WatchStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each fault as the loops' own client meets it. */
@Timeout(60)
class ApiProxyTest {
  private static final String FRAME =
      """
      {"type":"ADDED","object":{"kind":"Pod","apiVersion":"v1",\
      "metadata":{"namespace":"ns","name":"%s","uid":"1","resourceVersion":"7"}}}
      """;

  @TempDir Path directory;
  private FakeApiServer server;
  private ApiProxy proxy;
  private KubeClients clients;

  @BeforeEach
  void start() throws IOException {
    Path pki = directory.resolve("pki");
    new Pki(pki, Clock.systemUTC(), new SecureRandom())
        .ensure(
            List.of(
                CertificatePlan.server(
                    "apiserver", AuthorityName.CLUSTER, "api", Set.of("127.0.0.1")),
                CertificatePlan.client("loops", AuthorityName.CLUSTER, "loops")));
    server = new FakeApiServer(pki);
    proxy =
        ApiProxy.start(
            server.uri(),
            new ApiProxy.Identity(pki, "ca", "apiserver", "loops"),
            InstantSource.system());
    Path kubeconfig = directory.resolve("kubeconfig");
    proxy.writeKubeconfig(kubeconfig);
    clients = KubeClients.of(kubeconfig, KubeClientConfig.DEFAULT, new SimpleMeterRegistry());
  }

  @AfterEach
  void stop() {
    clients.close();
    proxy.close();
    server.close();
  }

  @Test
  void withoutFault_callsPassWithTheirBodies() {
    patchStatus();

    assertThat(server.heard()).hasSize(1);
    assertThat(server.heard().getFirst())
        .startsWith("PATCH /api/v1/namespaces/ns/pods/p/status")
        .endsWith(": {}");
    assertThat(proxy.struck()).isEmpty();
  }

  @Test
  void refused_neverArrives_andSaysWhenToComeBack() {
    proxy.arm(call -> call.is("patch", "pods/status"), new ApiFault.Refused(429, 3), 1);

    KubeApiException refused = catchThrowableOfType(KubeApiException.class, this::patchStatus);

    assertThat(refused.code()).isEqualTo(429);
    assertThat(refused.retryAfter()).contains(Duration.ofSeconds(3));
    assertThat(server.heard()).isEmpty();
  }

  @Test
  void requestLost_neverArrives_andHasNoAnswer() {
    proxy.arm(call -> call.is("patch", "pods/status"), new ApiFault.RequestLost(), 1);

    KubeApiException lost = catchThrowableOfType(KubeApiException.class, this::patchStatus);

    assertThat(lost.code()).isZero();
    assertThat(server.heard()).isEmpty();
  }

  @Test
  void answerLost_hasArrivedOnce_andHasNoAnswer() {
    proxy.arm(call -> call.is("patch", "pods/status"), new ApiFault.AnswerLost(), 1);

    KubeApiException lost = catchThrowableOfType(KubeApiException.class, this::patchStatus);

    assertThat(lost.code()).isZero();
    assertThat(server.heard()).hasSize(1);
  }

  @Test
  void otherCalls_areLeftAlone() {
    proxy.arm(call -> call.is("delete", "pods"), new ApiFault.Refused(500, 0), 1);

    patchStatus();

    assertThat(proxy.waiting()).isEqualTo(1);
  }

  @Test
  void late_arrivesLater() {
    proxy.arm(call -> true, new ApiFault.Late(Duration.ofMillis(200)), 1);
    long begun = System.nanoTime();

    patchStatus();

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(190));
  }

  @Test
  void halfAnswered_hasArrived_andItsAnswerIsNoAnswer() {
    proxy.arm(call -> call.is("get", "pods"), new ApiFault.HalfAnswered(), 1);

    KubeApiException cut = catchThrowableOfType(KubeApiException.class, this::getPod);

    assertThat(cut.code()).isZero();
    assertThat(server.heard()).hasSize(1);
    getPod();
  }

  @Test
  void slow_allCallsTakeLonger_untilItIsOver() {
    proxy.slowDown(new ApiFault.Slow(Duration.ofMillis(200)), Duration.ofSeconds(20));
    long begun = System.nanoTime();
    patchStatus();
    getPod();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(390));

    proxy.slowDown(new ApiFault.Slow(Duration.ofMinutes(1)), Duration.ZERO);

    getPod();
    assertThat(proxy.struck()).hasSize(2);
  }

  @Test
  void watch_passesFrames_asTheyCome() {
    try (WatchStream<V1Pod> watch = watch()) {
      server.tell(FRAME.formatted("first"));
      assertThat(watch.next().toString()).contains("first");
      server.tell(FRAME.formatted("second"));
      assertThat(watch.next().toString()).contains("second");
    }
  }

  @Test
  void watch_refusedWhenItIsOpened_isGone() {
    proxy.arm(call -> call.is("watch", "pods"), new ApiFault.Refused(410, 0), 1);

    KubeApiException gone = catchThrowableOfType(KubeApiException.class, this::watch);

    assertThat(gone.code()).isEqualTo(410);
  }

  @Test
  void watch_cut_endsWithoutAnEnd() {
    try (WatchStream<V1Pod> watch = watch()) {
      awaitStanding();
      proxy.strikeWatches("pods", new ApiFault.Cut());

      assertThat(catchThrowableOfType(KubeApiException.class, watch::next).code()).isZero();
    }
  }

  @Test
  void watch_expired_endsWithAnErrorEvent() {
    try (WatchStream<V1Pod> watch = watch()) {
      awaitStanding();
      proxy.strikeWatches("pods", new ApiFault.Expired());

      assertThat(watch.next())
          .get()
          .isInstanceOfSatisfying(
              WatchFrame.Refused.class,
              refused -> assertThat(refused.cause().code()).isEqualTo(410));
    }
  }

  @Test
  void watch_stalled_tellsLater() {
    try (WatchStream<V1Pod> watch = watch()) {
      awaitStanding();
      proxy.strikeWatches("pods", new ApiFault.Stalled(Duration.ofMillis(200)));
      long begun = System.nanoTime();
      server.tell(FRAME.formatted("first"));

      assertThat(watch.next().toString()).contains("first");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(150));
    }
  }

  private void patchStatus() {
    clients.api().patch(ResourceType.PODS, "ns", "p", "status", PatchFormat.STRATEGIC_MERGE, "{}");
  }

  private void getPod() {
    var unused = clients.api().get(ResourceType.PODS, "ns", "p");
  }

  private WatchStream<V1Pod> watch() {
    return clients.listWatch(ResourceType.PODS, Selection.ALL).watch("1", Duration.ofSeconds(30));
  }

  /** The answer's head comes before the proxy lists the watch. */
  private void awaitStanding() {
    await().until(() -> proxy.strikeWatches("pods", new ApiFault.Stalled(Duration.ZERO)) == 1);
  }
}
