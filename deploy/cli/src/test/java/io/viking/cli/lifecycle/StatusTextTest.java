package io.viking.cli.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cli.server.StatusReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusTextTest {
  @Test
  void status_readsFromTheWholeToItsParts() {
    var report =
        new StatusReport(
            "degraded",
            42,
            "2026-01-01T00:00:00Z",
            "0.1.0",
            "native",
            "v1.36.3",
            "https://127.0.0.1:6443",
            "/data/admin.kubeconfig",
            "uid",
            "instant",
            "unix:/data/run/adapter.sock",
            List.of(
                new StatusReport.Part(
                    "etcd", "process", "ready", 43, 0, "2026-01-01T00:00:01Z", "v3.6.4", ""),
                new StatusReport.Part(
                    "kube-apiserver",
                    "process",
                    "backing-off",
                    0,
                    3,
                    "",
                    "v1.36.3",
                    "see its log")),
            Map.of("Running", 5, "Pending", 2),
            19,
            3,
            0,
            12);

    assertThat(StatusText.of(report, Path.of("/data"), Instant.parse("2026-01-01T00:05:30Z")))
        .isEqualTo(
            """
            viking 0.1.0 is degraded: up for 5m30s on /data (pid 42)
            Kubernetes v1.36.3 (native) at https://127.0.0.1:6443
            kubeconfig /data/admin.kubeconfig

            NAME             KIND      STATE         PID   RESTARTS   UPTIME   VERSION   DETAIL
            etcd             process   ready         43    0          5m29s    v3.6.4    -
            kube-apiserver   process   backing-off   -     3          -        v1.36.3   see its log

            pods        7 (2 Pending, 5 Running)
            instances   19 in 3 zones of the cloud (profile instant)
            orphans     12 instances without a pod are held: see viking cloud gc
            """);
  }
}
