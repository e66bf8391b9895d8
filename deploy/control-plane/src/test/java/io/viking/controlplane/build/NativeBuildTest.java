package io.viking.controlplane.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.Environment;
import io.viking.controlplane.Progress;
import io.viking.controlplane.Versions;
import io.viking.controlplane.data.BinaryCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a shell script in place of {@code go}. */
class NativeBuildTest {
  private static final Recipe RECIPE = Recipe.bundled();

  private final List<String> told = new ArrayList<>();
  @TempDir Path temporary;
  private Environment environment;
  private BinaryCache cache;

  @BeforeEach
  void environment() throws Exception {
    Files.createDirectory(temporary.resolve("path"));
    environment = new Environment(Map.of("PATH", temporary.resolve("path").toString()), temporary);
    cache = BinaryCache.resolve(environment);
  }

  @Test
  void obtain_buildsEachBinary_intoItsPlace() throws Exception {
    go(
        "go1.99.0",
        "echo k8s.io/some/package; for o in \"$@\"; do case $o in */.*) echo '#!' > $o; chmod +x $o;; esac; done");
    Path folder = build().obtain(progress()).folder();
    assertThat(folder).isEqualTo(cache.binaries(RECIPE.key()));
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("etcd", "kube-apiserver", "kube-controller-manager", "kubectl");
    assertThat(told).contains("building etcd", "building kubectl", "k8s.io/some/package 1/1");
  }

  @Test
  void obtain_partOfItDone_resumes() throws Exception {
    Files.createDirectories(cache.binaries(RECIPE.key()));
    for (String done : List.of("etcd", "kube-apiserver", "kube-controller-manager")) {
      executable(cache.binaries(RECIPE.key()).resolve(done), "");
    }
    go("go1.99.0", "for o in \"$@\"; do case $o in */.*) echo > $o; chmod +x $o;; esac; done");
    build().obtain(progress());
    assertThat(told).contains("building kubectl").doesNotContain("building etcd");
  }

  @Test
  void obtain_cached_needsNoGo() throws Exception {
    Files.createDirectories(cache.binaries(RECIPE.key()));
    for (String done : RECIPE.binaries()) {
      executable(cache.binaries(RECIPE.key()).resolve(done), "");
    }
    assertThat(build().obtain(progress()).folder()).isEqualTo(cache.binaries(RECIPE.key()));
    assertThat(told).isEmpty();
  }

  @Test
  void patiently_goGivesWay_whereTheSystemHasNice() throws Exception {
    go("go1.99.0", "for o in \"$@\"; do case $o in */.*) echo > $o; chmod +x $o;; esac; done");
    build().patiently().obtain(progress());
    assertThat(build().isCached()).as("built without a nice").isTrue();

    Recipe metrics = Recipe.metrics();
    Path log = temporary.resolve("nice.log");
    executable(
        temporary.resolve("path/nice"), "echo \"$1 $2 $4\" >> " + log + "; shift 2; exec \"$@\"\n");
    new NativeBuild(cache, metrics, environment).patiently().obtain(progress());

    assertThat(Files.readAllLines(log)).containsExactly("-n 19 list", "-n 19 build");
    assertThat(cache.holds(metrics.key(), metrics.binaries())).isTrue();
  }

  @Test
  void obtain_oldGo_isRefused() throws Exception {
    go("go1.24.3", "exit 1");
    assertThatThrownBy(() -> build().obtain(progress()))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContaining("is Go 1.24.3, and Kubernetes needs 1.26.0 or newer");
  }

  @Test
  void obtain_failedBuild_saysTheLastLines() throws Exception {
    go("go1.99.0", "test $1 = list && exit 0; echo '# k8s.io/x'; echo 'x.go:1: soup'; exit 2");
    assertThatThrownBy(() -> build().obtain(progress()))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessage("etcd cannot be built: # k8s.io/x | x.go:1: soup");
    assertThat(cache.binaries(RECIPE.key()).toFile().list()).isEmpty();
  }

  @Test
  void obtain_fullDisk_saysSo() throws Exception {
    go("go1.99.0", "echo 'go: write /root/go/x: no space left on device'; exit 1");
    assertThatThrownBy(() -> build().obtain(progress()))
        .isInstanceOf(ControlPlaneException.class)
        .hasMessageContaining("the disk is full");
  }

  @Test
  void recipe_readsItsVersionsFromTheModuleFiles() {
    assertThat(Versions.bundled().kubernetes()).matches("v1\\.\\d+\\.\\d+");
    assertThat(RECIPE.key())
        .startsWith(Versions.bundled().kubernetes() + "-")
        .hasSizeGreaterThan(15);
    assertThat(RECIPE.modules()).isGreaterThan(100);
    assertThat(RECIPE.targets())
        .filteredOn(target -> target.binary().equals("kubectl"))
        .singleElement()
        .satisfies(
            target ->
                assertThat(target.flags().getLast())
                    .contains(
                        "-X k8s.io/component-base/version.gitVersion="
                            + Versions.bundled().kubernetes())
                    .contains("-X k8s.io/client-go/pkg/version.gitMinor="));
  }

  @Test
  void comparison_isASetOfItsOwn_ofTheSameKubernetes() {
    Recipe comparison = Recipe.comparison();
    assertThat(comparison.binaries()).containsExactly("kube-scheduler", "kwok");
    assertThat(comparison.key())
        .startsWith("compare-" + Versions.bundled().kubernetes() + "-kwok-v")
        .isNotEqualTo(RECIPE.key());
    assertThat(comparison.files().get("go.mod")).isEqualTo(RECIPE.files().get("go.mod"));
    assertThat(RECIPE.files()).doesNotContainKey("kwok/go.mod");
  }

  @Test
  void metrics_isASetOfItsOwn_builtByTheGoThatItsModuleAsksFor() {
    Recipe metrics = Recipe.metrics();
    assertThat(metrics.binaries()).containsExactly("metrics-server");
    assertThat(metrics.key())
        .startsWith("metrics-server-" + Versions.bundled().metricsServer() + "-");
    assertThat(metrics.files().get("metrics-server/go.mod")).contains("\ngo " + metrics.oldestGo());
    assertThat(RECIPE.oldestGo()).isEqualTo(GoVersion.parse(Versions.bundled().go()).orElseThrow());
  }

  @Test
  void only_buildsOneBinary_whereTheOthersBelong() throws Exception {
    Recipe comparison = Recipe.comparison();
    go("go1.99.0", "for o in \"$@\"; do case $o in */.*) echo > $o; chmod +x $o;; esac; done");
    Path folder =
        new NativeBuild(cache, comparison.only("kube-scheduler"), environment)
            .obtain(progress())
            .folder();
    assertThat(folder).isEqualTo(cache.binaries(comparison.key()));
    assertThat(folder.toFile().list()).containsExactly("kube-scheduler");
    assertThat(new NativeBuild(cache, comparison, environment).isCached()).isFalse();
  }

  private NativeBuild build() {
    return new NativeBuild(cache, RECIPE, environment);
  }

  private void go(String version, String otherwise) throws Exception {
    executable(
        temporary.resolve("path/go"),
        "if [ \"$1\" = env ]; then echo " + version + "; exit 0; fi\n" + otherwise + "\n");
  }

  private static void executable(Path file, String script) throws Exception {
    Files.writeString(file, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private Progress progress() {
    return new Progress() {
      @Override
      public void step(String what) {
        told.add(what);
      }

      @Override
      public void advance(String detail, int done, int total) {
        told.add(detail + " " + done + "/" + total);
      }

      @Override
      public void note(String sentence) {
        told.add(sentence);
      }
    };
  }
}
