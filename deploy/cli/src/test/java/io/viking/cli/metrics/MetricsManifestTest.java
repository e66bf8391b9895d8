package io.viking.cli.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cli.install.InstalledObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricsManifestTest {
  private final List<InstalledObject> objects =
      MetricsManifest.objects("system:somebody", 12345, "PEM".getBytes(UTF_8));

  @Test
  void rights_comeBeforeTheApi() {
    assertThat(objects)
        .extracting(d -> d.type().plural() + "/" + d.namespace() + "/" + d.name())
        .containsExactly(
            "clusterroles//system:viking:metrics-server",
            "clusterroles//system:aggregated-metrics-reader",
            "clusterrolebindings//system:viking:metrics-server",
            "clusterrolebindings//system:viking:metrics-server:auth-delegator",
            "rolebindings/kube-system/system:viking:metrics-server:auth-reader",
            "services/kube-system/metrics-server",
            "apiservices//v1beta1.metrics.k8s.io");
  }

  @Test
  void everyBinding_namesTheUser() {
    assertThat(objects)
        .filteredOn(d -> d.type().plural().endsWith("bindings"))
        .hasSize(3)
        .allSatisfy(d -> assertThat(d.content()).contains("name: \"system:somebody\""));
  }

  @Test
  void apiService_verifiesWhomItCalls() {
    assertThat(objects.getLast().content())
        .contains("port: 12345")
        .contains("caBundle: \"UEVN\"")
        .doesNotContain("insecureSkipTLSVerify");
  }
}
