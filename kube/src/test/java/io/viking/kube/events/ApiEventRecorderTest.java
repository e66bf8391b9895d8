package io.viking.kube.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubernetes.client.openapi.models.CoreV1Event;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.testing.HandClock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiEventRecorderTest {
  private static final EventTarget POD = EventTarget.pod("ns", "web-1", "uid-1");

  private final RecordingApi api = new RecordingApi();
  private final HandClock clock = new HandClock();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final ApiEventRecorder recorder =
      new ApiEventRecorder(
          api,
          new EventSource("viking-scheduler", "host-1"),
          new EventPolicy(9, 10, 10, 1, Duration.ofMinutes(10), 100),
          clock,
          new Random(1),
          metrics);

  @AfterEach
  void close() {
    api.permits.release(100_000);
    recorder.close();
  }

  @Test
  void normal_isWrittenInTheObjectsNamespace() {
    start();
    recorder.normal(POD, "Scheduled", "assigned to zone-a");
    await().until(() -> api.created.size() == 1);
    CoreV1Event event = api.created.getFirst();
    assertThat(api.namespaces).containsExactly("ns");
    assertThat(event.getMetadata().getName()).matches("web-1\\.[0-9a-f]+");
    assertThat(event.getInvolvedObject().getKind()).isEqualTo("Pod");
    assertThat(event.getInvolvedObject().getUid()).isEqualTo("uid-1");
    assertThat(event.getType()).isEqualTo("Normal");
    assertThat(event.getReason()).isEqualTo("Scheduled");
    assertThat(event.getMessage()).isEqualTo("assigned to zone-a");
    assertThat(event.getCount()).isEqualTo(1);
    assertThat(event.getFirstTimestamp().toInstant()).isEqualTo(HandClock.START);
    assertThat(event.getSource().getComponent()).isEqualTo("viking-scheduler");
    assertThat(event.getReportingComponent()).isEqualTo("viking-scheduler");
    assertThat(event.getReportingInstance()).isEqualTo("host-1");
  }

  @Test
  void event_aboutAClusterScopedObject_standsInDefault() {
    start();
    recorder.warning(EventTarget.node("zone-a", "uid-n"), "OutOfStock", "no stock");
    await().until(() -> api.created.size() == 1);
    assertThat(api.namespaces).containsExactly("default");
    assertThat(api.created.getFirst().getInvolvedObject().getNamespace()).isNull();
  }

  @Test
  void event_repeated_isCountedUpOnTheFirst() {
    start();
    recorder.warning(POD, "FailedScheduling", "no zone");
    await().until(() -> api.created.size() == 1);
    clock.advance(Duration.ofMinutes(5));
    recorder.warning(POD, "FailedScheduling", "no zone");
    await().until(() -> api.patched.size() == 1);
    var patch = api.patched.getFirst();
    assertThat(patch.name()).isEqualTo(api.created.getFirst().getMetadata().getName());
    assertThat(patch.json())
        .isEqualTo("{\"count\":2,\"lastTimestamp\":\"2026-01-01T00:05:00.000000Z\"}");
  }

  @Test
  void event_repeatedBeforeItIsWritten_isOneWrite() {
    for (int i = 0; i < 1_000; i++) {
      recorder.warning(POD, "FailedScheduling", "no zone");
    }
    start();
    await().until(() -> api.created.size() == 1);
    assertThat(api.created.getFirst().getCount()).isEqualTo(1_000);
    assertThat(api.patched).isEmpty();
  }

  @Test
  void event_repeatedAfterTenMinutes_isANewOne() {
    start();
    recorder.warning(POD, "FailedScheduling", "no zone");
    await().until(() -> api.created.size() == 1);
    clock.advance(Duration.ofMinutes(11));
    recorder.warning(POD, "FailedScheduling", "no zone");
    await().until(() -> api.created.size() == 2);
  }

  @Test
  void event_withAnotherMessage_isANewOne() {
    start();
    recorder.warning(POD, "FailedScheduling", "no zone");
    recorder.warning(POD, "FailedScheduling", "no stock");
    await().until(() -> api.created.size() == 2);
  }

  @Test
  void normal_tooManyWait_areShedAndCounted() {
    for (int i = 0; i < 100; i++) {
      recorder.normal(EventTarget.pod("ns", "p" + i, "u" + i), "Scheduled", "assigned");
    }
    assertThat(metrics.get("viking_events_shed_total").counter().count()).isEqualTo(90);
    start();
    await().until(() -> api.created.size() == 10);
  }

  @Test
  void warning_manyWait_noneIsShed() {
    for (int i = 0; i < 100; i++) {
      recorder.warning(EventTarget.pod("ns", "p" + i, "u" + i), "Failed", "no");
    }
    start();
    await().until(() -> api.created.size() == 100);
  }

  @Test
  void warning_doesNotWaitForNormalEvents() {
    recorder.start();
    recorder.normal(POD, "Scheduled", "assigned");
    // The one normal writer waits for its answer; the warning's own writer waits for another.
    await().until(() -> api.permits.hasQueuedThreads());
    recorder.warning(POD, "Failed", "no");
    await().until(() -> api.permits.getQueueLength() == 2);
    api.permits.release(2);
    await().until(() -> api.created.size() == 2);
  }

  @Test
  void normal_afterASlowWrite_theNextRests_whileWarningsGoOn() {
    recorder.start();
    recorder.normal(POD, "Scheduled", "assigned");
    await().until(() -> api.permits.hasQueuedThreads());
    clock.advance(Duration.ofHours(1));
    api.permits.release(100_000);
    await().until(() -> api.created.size() == 1);
    recorder.normal(POD, "Started", "started");
    recorder.warning(POD, "Failed", "no");
    await().until(() -> api.created.size() == 2);
    assertThat(api.created.getLast().getReason()).isEqualTo("Failed");
  }

  @Test
  void warning_serverError_isTriedAgain() {
    api.next.add(new KubeApiException(500, "", "oops", Optional.empty()));
    recorder.warning(POD, "Failed", "no");
    start();
    await()
        .until(
            () -> {
              clock.advance(Duration.ofSeconds(1));
              return api.created.size() == 1;
            });
  }

  @Test
  void warning_refused_isLostAndCounted() {
    api.next.add(new KubeApiException(403, "Forbidden", "terminating", Optional.empty()));
    recorder.warning(POD, "Failed", "no");
    start();
    await().until(() -> metrics.get("viking_events_lost_total").counter().count() == 1);
    assertThat(api.created).isEmpty();
  }

  @Test
  void countUp_theEventIsForgottenByTheServer_isWrittenAnew() {
    start();
    recorder.warning(POD, "Failed", "no");
    await().until(() -> api.created.size() == 1);
    api.next.add(new KubeApiException(404, "NotFound", "no such event", Optional.empty()));
    recorder.warning(POD, "Failed", "no");
    await()
        .until(
            () -> {
              clock.advance(Duration.ofMillis(100));
              return api.created.size() == 2;
            });
    assertThat(api.created.getLast().getCount()).isEqualTo(2);
  }

  @Test
  void create_itsAnswerWasLost_conflictCountsAsWritten() {
    api.next.add(new KubeApiException("no answer", new java.io.IOException("reset")));
    api.next.add(new KubeApiException(409, "AlreadyExists", "there", Optional.empty()));
    recorder.warning(POD, "Failed", "no");
    start();
    await()
        .until(
            () -> {
              clock.advance(Duration.ofSeconds(1));
              return api.next.isEmpty();
            });
    recorder.warning(POD, "Failed", "no");
    await().until(() -> api.patched.size() == 1);
  }

  @Test
  void names_areCutToWhatKubernetesTakes() {
    assertThat(EventObjects.name(EventTarget.pod("ns", "x".repeat(253), "u"), -1L)).hasSize(253);
    assertThat(EventObjects.shortened("m".repeat(2_000))).hasSize(1_024).endsWith("...");
  }

  private void start() {
    api.permits.release(100_000);
    recorder.start();
  }
}
