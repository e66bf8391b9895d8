package io.viking.cli.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.models.V1APIService;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.viking.cli.install.ApplyingApi;
import io.viking.cli.install.Installer;
import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.MetricsServer;
import io.viking.controlplane.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsApiTest {
  private static final String API = "apiservices/v1beta1.metrics.k8s.io";

  @TempDir private Path directory;
  private final ApplyingApi server = new ApplyingApi();
  private final MetricsApi metrics = new MetricsApi(server, new Installer(server, Duration.ZERO));

  @Test
  void api_isMadeKnown_onlyWhenSomebodyServesIt() throws Exception {
    List<String> before = new ArrayList<>();

    boolean serves = serve(true, () -> before.addAll(server.applied()));

    assertThat(serves).isTrue();
    assertThat(before)
        .as("applied before metrics-server was started")
        .contains("services/metrics-server", "clusterroles/system:viking:metrics-server")
        .doesNotContain(API);
    assertThat(server.applied()).endsWith(API);
    assertThat(server.deleted()).isEmpty();
  }

  @Test
  void apiOfAnEarlierRun_isTakenOut_beforeMinutesOfBuilding() throws Exception {
    putApi(Map.of("app.kubernetes.io/managed-by", "viking"));
    List<String> deletedBefore = new ArrayList<>();

    serve(false, () -> deletedBefore.addAll(server.deleted()));

    assertThat(deletedBefore).containsExactly(API);
    assertThat(server.applied()).endsWith(API);
  }

  @Test
  void apiOfAnEarlierRun_isTakenOut_whenTheServerDoesNotStart() throws Exception {
    putApi(Map.of("app.kubernetes.io/managed-by", "viking"));

    assertThatThrownBy(
            () ->
                serve(
                    true,
                    () -> {
                      throw new ControlPlaneException("metrics-server ends again and again.");
                    }))
        .isInstanceOf(ControlPlaneException.class);

    assertThat(server.deleted()).containsExactly(API);
    assertThat(server.applied()).doesNotContain(API);
  }

  @Test
  void apiThatSomebodyElseServes_isLeftAlone() throws Exception {
    putApi(Map.of("k8s-app", "metrics-server"));

    boolean serves = serve(true, () -> assertThat(true).as("started").isFalse());
    metrics.withdraw();

    assertThat(serves).isFalse();
    assertThat(server.applied()).isEmpty();
    assertThat(server.deleted()).isEmpty();
  }

  @Test
  void withdraw_takesOutOurs_andNothingIsThereToTakeOut_isFine() throws Exception {
    metrics.withdraw();
    putApi(Map.of("app.kubernetes.io/managed-by", "viking"));

    metrics.withdraw();

    assertThat(server.deleted()).containsExactly(API);
  }

  private void putApi(Map<String, String> labels) {
    server.put(
        MetricsManifest.API_SERVICES,
        new V1APIService()
            .metadata(new V1ObjectMeta().name(MetricsManifest.API).uid("u").labels(labels)));
  }

  private boolean serve(boolean built, Runnable start) throws Exception {
    Path authority = Files.writeString(directory.resolve("ca.crt"), "PEM");
    return metrics.serve(new Started(authority, built, start), Progress.silent());
  }

  private record Started(Path authority, boolean isBuilt, Runnable onStart)
      implements MetricsServer {
    @Override
    public String user() {
      return "system:somebody";
    }

    @Override
    public int port() {
      return 12345;
    }

    @Override
    public void start(Progress progress) {
      onStart.run();
    }
  }
}
