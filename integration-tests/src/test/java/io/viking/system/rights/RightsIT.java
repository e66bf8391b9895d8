package io.viking.system.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.controlplane.LoopUsers;
import io.viking.kube.client.KubeClientConfig;
import io.viking.kube.client.KubeClients;
import io.viking.kube.pause.PauseHold;
import io.viking.system.Await;
import io.viking.system.VikingProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that scheduler and syncer do, on an API server that writes down each of their calls:
 * no call is refused, and nothing is allowed that nobody needs.
 */
class RightsIT {
  private static final String AUDIT =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
        - level: Metadata
          users: ["%s", "%s"]
        - level: None
      """
          .formatted(LoopUsers.SCHEDULER, LoopUsers.SYNCER);

  /** Room for so few that somebody has to make some; and time before a spot instance goes. */
  private static final String CLOUD =
      """
      quotas: {instances: 14}
      spot: {noticeSeconds: 20}
      """;

  /** What is allowed and need not come up in a run of two minutes, with the reason. */
  private static final Map<String, String> SELDOM =
      Map.of(
          "syncer nodes delete", "a zone that the cloud has no more",
          "syncer nodes/status patch", "every five minutes, and when a zone changes",
          "syncer pods get", "an instance of which the cache has no pod",
          "syncer services get", "a load balancer or record whose Service is not in the cache",
          "scheduler events patch", "an event that repeats within its minutes",
          "syncer events patch", "likewise");

  @TempDir private Path directory;

  @Test
  void whatTheyDo_isAllowed_andWhatIsAllowed_theyDo() throws Exception {
    Path policy = Files.writeString(directory.resolve("audit.yaml"), AUDIT);
    Path profile = Files.writeString(directory.resolve("cloud.yaml"), CLOUD);
    try (VikingProcess viking =
        VikingProcess.up(
            directory.resolve("data"),
            "--replicas=2",
            "--audit-policy=" + policy,
            "--profile=" + profile)) {
      var work = new RightsWorkload(viking);
      work.run();
      pause(viking);
      Path log = viking.dataDirectory().resolve("logs").resolve("audit.log");
      Await.until(
          "all calls in the audit log",
          () -> unused(AuditedCall.read(log)).stream().allMatch(SELDOM::containsKey));

      List<AuditedCall> calls = AuditedCall.read(log);
      System.out.printf(
          "%d calls by %s; %d of %d grants used%n",
          calls.size(),
          calls.stream().map(AuditedCall::component).distinct().sorted().toList(),
          Grant.all().size() - unused(calls).size(),
          Grant.all().size());
      assertThat(calls).extracting(AuditedCall::component).contains("scheduler", "syncer");
      assertThat(calls).filteredOn(AuditedCall::isForbidden).as("refused").isEmpty();
      assertThat(unused(calls)).as("allowed and not used").isSubsetOf(SELDOM.keySet());
    }
  }

  @Test
  void exceptions_nameWhatIsAllowed() {
    assertThat(Grant.all()).extracting(Grant::words).containsAll(SELDOM.keySet());
  }

  /** Neither loop may do anything while somebody measures; both say that they hold still. */
  private static void pause(VikingProcess viking) throws Exception {
    try (KubeClients clients =
            KubeClients.of(
                viking.dataDirectory().resolve("admin.kubeconfig"),
                KubeClientConfig.DEFAULT,
                new SimpleMeterRegistry());
        PauseHold hold = PauseHold.acquire(clients.api(), "a test", Clock.systemUTC())) {
      assertThat(hold.awaitPaused(Set.of("scheduler", "syncer"), Duration.ofSeconds(30)))
          .as("who goes on")
          .isEmpty();
    }
  }

  private static List<String> unused(List<AuditedCall> calls) {
    return Grant.all().stream()
        .filter(grant -> calls.stream().noneMatch(grant::allows))
        .map(Grant::words)
        .toList();
  }
}
