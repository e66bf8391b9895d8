package io.viking.controlplane.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoLineTest {
  @Test
  void download_isRecognised() {
    assertThat(GoLine.parse("go: downloading k8s.io/api v0.36.3"))
        .isEqualTo(new GoLine.Download("k8s.io/api"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fmt",
        "internal/goarch",
        "k8s.io/kubernetes/cmd/kube-apiserver",
        "github.com/google/gnostic-models/openapiv2",
        "gopkg.in/evanphx/json-patch.v4",
        "vendor/golang.org/x/net/http2/hpack"
      })
  void package_isRecognised(String line) {
    assertThat(GoLine.parse(line)).isEqualTo(new GoLine.Package(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# k8s.io/kubernetes/cmd/kube-apiserver",
        "go: finding module for package x",
        "main.go:3:8: undefined: soup",
        "no space left on device"
      })
  void rest_isText(String line) {
    assertThat(GoLine.parse(line)).isEqualTo(new GoLine.Text(line));
  }

  @Test
  void failure_isToldByItsCause() {
    assertThat(BuildFailure.of(List.of("# runtime", "write /x: no space left on device")))
        .isEqualTo(new BuildFailure.DiskFull());
    String refused = "go: k8s.io/api@v0.36.3: Get \"x\": dial tcp: lookup y: no such host";
    assertThat(BuildFailure.of(List.of("a", refused, "b")))
        .isEqualTo(new BuildFailure.NoNetwork(refused));
    assertThat(BuildFailure.of(List.of("a.go:1: soup")))
        .isEqualTo(new BuildFailure.Broken(List.of("a.go:1: soup")));
  }

  @Test
  void versions_compareByNumbers() {
    assertThat(version("go1.26.8")).isGreaterThan(version("1.26.0"));
    assertThat(version("go1.9")).isLessThan(version("1.26.0"));
    assertThat(version("go1.27rc1")).isGreaterThan(version("1.26.0"));
    assertThat(GoVersion.parse("devel +a1b2c3")).isEmpty();
  }

  private static GoVersion version(String text) {
    return GoVersion.parse(text).orElseThrow();
  }
}
