package io.viking.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever asks for Viking's metrics by name finds them. */
class DashboardIT {
  private static final Path ROOT = Path.of("..");

  private static final Pattern NAME = Pattern.compile("\\bviking_[a-z_]+");

  private final Cluster cluster = SharedViking.cluster();
  private String namespace = "";

  @BeforeEach
  void runAPod() throws Exception {
    namespace = cluster.newNamespace("dashboard");
    Kubectl kubectl = new Kubectl(SharedViking.process());
    kubectl.does("-n", namespace, "run", "web", "--image=nginx");
    kubectl.does("-n", namespace, "wait", "pod/web", "--for=condition=Ready", "--timeout=120s");
  }

  @AfterEach
  void removeNamespace() throws Exception {
    cluster.deleteNamespace(namespace);
  }

  @Test
  void dashboard_asksForNothingThatNobodyExposes() throws Exception {
    Set<String> asked = names(Files.readString(ROOT.resolve("deploy/grafana/viking.json")));

    assertThat(asked).hasSizeGreaterThan(15);
    assertThat(exposed()).containsAll(asked);
  }

  @Test
  void pageOnMetrics_namesNothingThatNobodyExposes() throws Exception {
    Set<String> named = names(Files.readString(ROOT.resolve("docs/metrics.md")));

    assertThat(named).hasSizeGreaterThan(10);
    // A retry is counted once there was one; its name is in the docs all the same.
    named.remove("viking_syncer_cloud_retries_total");
    // Of processes with rivals; the one of this test has none.
    named.remove("viking_leads");
    assertThat(withoutHistogramParts(exposed())).containsAll(named);
  }

  private static Set<String> exposed() throws Exception {
    return names(SharedViking.process().scrape());
  }

  /** A histogram is named by the three series that it consists of. */
  private static Set<String> withoutHistogramParts(Set<String> series) {
    Set<String> names = new TreeSet<>(series);
    series.forEach(name -> names.add(name.replaceFirst("_(bucket|count|sum)$", "")));
    return names;
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
