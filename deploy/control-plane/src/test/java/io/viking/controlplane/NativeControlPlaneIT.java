package io.viking.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.viking.controlplane.build.NativeBuild;
import io.viking.controlplane.build.Recipe;
import io.viking.controlplane.data.BinaryCache;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.DataDirectoryLock;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real upstream binaries, from the user's cache; built into it when Go is there. */
class NativeControlPlaneIT {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Environment ENVIRONMENT = Environment.system();
  private static final BinaryCache CACHE = BinaryCache.resolve(ENVIRONMENT);
  private static final ControlPlaneOptions OPTIONS =
      ControlPlaneOptions.defaults().withMode(ControlPlaneMode.NATIVE).withUnsafeNoFsync(true);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path temporary;

  @BeforeAll
  static void binaries() throws InterruptedException {
    NativeBuild build = new NativeBuild(CACHE, Recipe.bundled(), ENVIRONMENT);
    boolean possible = build.isCached() || build.canBuild();
    if (!possible) {
      System.err.println("skipped: neither built binaries nor Go are on this machine");
    }
    assumeTrue(possible, "neither built binaries nor Go are on this machine");
    build.obtain(new PrintedProgress());
  }

  @Test
  void controlPlane_servesSurvivesAKillAndStartsAgain() throws Exception {
    DataDirectory directory =
        DataDirectory.resolve(Optional.of(temporary.resolve("cluster")), ENVIRONMENT);
    List<Component> last;
    try (DataDirectoryLock lock = directory.acquire(CLOCK);
        ControlPlane controlPlane = ControlPlanes.open(lock, CACHE, OPTIONS, ENVIRONMENT, CLOCK)) {
      ApiServer server = controlPlane.start(Progress.silent());
      controlPlane.awaitControllers();

      assertThat(kubectl(server, "get", "--raw=/readyz")).isEqualTo("ok");
      assertThat(kubectl(server, "version"))
          .contains("Client Version: " + Versions.bundled().kubernetes())
          .contains("Server Version: " + Versions.bundled().kubernetes());
      assertThat(controlPlane.components())
          .extracting(Component::name, Component::state)
          .containsExactly(
              tuple("etcd", Component.State.READY),
              tuple("kube-apiserver", Component.State.READY),
              tuple("kube-controller-manager", Component.State.READY));
      assertThat(ControlPlanes.inspect(directory, CLOCK)).isEqualTo(controlPlane.components());
      assertThatThrownBy(() -> directory.acquire(CLOCK))
          .isInstanceOf(ControlPlaneException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid());
      kubectl(server, "create", "configmap", "kept", "--from-literal=a=b");
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(kubectl(server, "get", "serviceaccounts", "-o=name"))
                      .contains("serviceaccount/default"));

      theClusterOfSomebodyElse_signsTheKubeletsCertificate(server);

      long killed = apiServer(controlPlane).pid().orElseThrow();
      assertThat(ProcessHandle.of(killed).orElseThrow().destroyForcibly()).isTrue();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  apiServer(controlPlane).restarts() == 1
                      && apiServer(controlPlane).state() == Component.State.READY);
      assertThat(apiServer(controlPlane).pid().orElseThrow()).isNotEqualTo(killed);
      assertThat(kubectl(server, "get", "--raw=/readyz")).isEqualTo("ok");
      last = controlPlane.components();
    }
    assertThat(last)
        .allSatisfy(
            component ->
                assertThat(
                        ProcessHandle.of(component.pid().orElseThrow())
                            .map(ProcessHandle::isAlive)
                            .orElse(false))
                    .as(component.name() + " is gone")
                    .isFalse());
    assertThat(directory.owner()).isEmpty();

    try (DataDirectoryLock lock = directory.acquire(CLOCK);
        ControlPlane again = ControlPlanes.open(lock, CACHE, OPTIONS, ENVIRONMENT, CLOCK)) {
      ApiServer server = again.start(Progress.silent());
      assertThat(kubectl(server, "get", "configmap", "kept", "-o=name"))
          .isEqualTo("configmap/kept");
      again.close();
      ControlPlanes.reset(lock, CLOCK);
    }
    assertThat(directory.path()).doesNotExist();
  }

  /** Seen through its kubeconfig alone, the same cluster is one that is not ours. */
  private void theClusterOfSomebodyElse_signsTheKubeletsCertificate(ApiServer server)
      throws Exception {
    DataDirectory directory =
        DataDirectory.resolve(Optional.of(temporary.resolve("external")), ENVIRONMENT);
    ControlPlaneOptions options =
        ControlPlaneOptions.defaults()
            .withKubeconfig(server.adminKubeconfig())
            .withContext("viking")
            .withKubeletAddress("127.0.0.9");
    try (DataDirectoryLock lock = directory.acquire(CLOCK);
        ControlPlane external = ControlPlanes.open(lock, CACHE, options, ENVIRONMENT, CLOCK)) {
      assertThat(external.mode()).isEqualTo(ControlPlaneMode.EXTERNAL);
      ApiServer answer = external.start(Progress.silent());
      assertThat(answer.server()).isEqualTo(server.server());
      assertThat(answer.version()).isEqualTo(Versions.bundled().kubernetes());
      assertThat(answer.kubelet().certificate()).isInstanceOf(ServingCertificate.Files.class);
      try (InputStream in = Files.newInputStream(answer.kubelet().certificate().certificate());
          InputStream authority =
              Files.newInputStream(answer.kubelet().clientAuthority().orElseThrow())) {
        CertificateFactory certificates = CertificateFactory.getInstance("X.509");
        X509Certificate kubelet = (X509Certificate) certificates.generateCertificate(in);
        kubelet.verify(certificates.generateCertificate(authority).getPublicKey());
        assertThat(kubelet.getSubjectAlternativeNames().toString()).contains("127.0.0.9");
      }
      String signed = Files.readString(answer.kubelet().certificate().certificate());
      external.start(Progress.silent());
      assertThat(answer.kubelet().certificate().certificate())
          .as("a second start keeps the certificate")
          .hasContent(signed);
    }
  }

  private static Component apiServer(ControlPlane controlPlane) {
    return controlPlane.components().get(1);
  }

  private static String kubectl(ApiServer server, String... arguments) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            ControlPlanes.kubectl(CACHE, ENVIRONMENT).toString(),
            "--kubeconfig=" + server.adminKubeconfig());
    builder.command().addAll(List.of(arguments));
    Path output = Files.createTempFile(server.adminKubeconfig().getParent(), "kubectl", ".out");
    try {
      builder.redirectErrorStream(true).redirectOutput(output.toFile()).start().waitFor();
      return Files.readString(output).strip();
    } finally {
      Files.delete(output);
    }
  }

  /** A build takes minutes, so it is not silent. */
  private static final class PrintedProgress implements Progress {
    private static final int EVERY = 100;
    private int last = -EVERY;

    @Override
    public void step(String what) {
      System.out.println(what);
      last = -EVERY;
    }

    @Override
    public void advance(String detail, int done, int total) {
      if (done - last >= EVERY || detail.startsWith("linking")) {
        System.out.printf("  %d of at most %d %s%n", done, total, detail);
        last = done;
      }
    }

    @Override
    public void note(String sentence) {
      System.out.println(sentence);
    }
  }
}
