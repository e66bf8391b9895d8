package io.viking.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kubernetes.client.openapi.ApiException;
import io.viking.bench.session.BenchSession;
import io.viking.bench.session.BenchTarget;
import io.viking.bench.session.Purpose;
import io.viking.bench.storm.Storm;
import io.viking.bench.storm.StormResult;
import io.viking.bench.storm.StormSpec;
import io.viking.bench.workload.Mode;
import io.viking.bench.workload.PodPlacement;
import io.viking.bench.workload.TokenUse;
import io.viking.cli.server.StatusReport;
import io.viking.controlplane.Environment;
import io.viking.controlplane.Progress;
import io.viking.controlplane.data.DataDirectory;
import io.viking.system.Cluster;
import io.viking.system.OneToOne;
import io.viking.system.VikingProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Storms on a whole system, for correctness: every pod Running, none lost, one to one by UID with
 * the instances, all gone after, and nothing growing. Speeds are printed and never asserted.
 */
@Tag("scale")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class ScaleScenarios {
  private static final ScaleSettings SETTINGS = ScaleSettings.of(System.getProperties());

  /** A full storm of 10,000 pods on two busy cores stands still for a while at times. */
  private static final Duration STALL = Duration.ofMinutes(3);

  /** Normal events yield to everything else, and so come late. */
  private static final Duration QUIET_WITHIN = Duration.ofMinutes(5);

  /** Processes of a cluster that are not ours. */
  private static final Set<String> FOREIGN =
      Set.of("etcd", "kube-apiserver", "kube-controller-manager", "k3s");

  private Optional<AutoCloseable> apiServer = Optional.empty();
  private VikingProcess viking;

  abstract Variant variant();

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    Optional<String> reason = variant().skipped(SETTINGS.controlPlane(), K3s.isPossible());
    reason.ifPresent(why -> print("%s", why));
    assumeTrue(reason.isEmpty(), reason.orElse(""));
    var flags = new ArrayList<String>();
    if (SETTINGS.apart()) {
      flags.add("--apart");
    }
    if (variant() == Variant.K3S) {
      K3s k3s = K3s.start();
      apiServer = Optional.of(k3s);
      flags.addAll(List.of("--kubeconfig", k3s.kubeconfig(directory).toString()));
    }
    viking = VikingProcess.up(directory.resolve("data"), flags.toArray(String[]::new));
  }

  @AfterAll
  void stop() throws Exception {
    if (viking != null) {
      viking.close();
    }
    if (apiServer.isPresent()) {
      apiServer.get().close();
    }
  }

  /** First: after a storm of 10,000 pods a heap has room in which growth would hide. */
  @Test
  @Order(1)
  void stormAfterStorm_leavesNothing_andNothingGrows() throws Exception {
    Map<String, Footprint> steady = Map.of();
    Map<String, Footprint> last = Map.of();
    try (BenchSession session = session()) {
      for (int i = 1; i <= SETTINGS.storms(); i++) {
        storm(session, SETTINGS.stormPods());
        last = footprints();
        int storm = i;
        last.forEach((process, seen) -> print("after storm %2d: %-15s %s", storm, process, seen));
        if (i == ScaleSettings.STEADY_FROM) {
          steady = last;
        }
      }
    }
    long between = (long) (SETTINGS.storms() - ScaleSettings.STEADY_FROM) * SETTINGS.stormPods();
    var grown = new ArrayList<String>();
    for (String process : last.keySet()) {
      assertThat(steady)
          .as("processes after storm %d", ScaleSettings.STEADY_FROM)
          .containsKey(process);
      for (String sentence : Growth.between(steady.get(process), last.get(process), between)) {
        grown.add(process + ": " + sentence);
      }
    }
    assertThat(grown)
        .as("grown from storm %d to storm %d", ScaleSettings.STEADY_FROM, SETTINGS.storms())
        .isEmpty();
  }

  @ParameterizedTest(name = "{0} pods")
  @MethodSource("sizes")
  @Order(2)
  void storm_everyPodRuns_oneToOneWithItsInstance_andAllAreGoneAfter(int pods) throws Exception {
    try (BenchSession session = session()) {
      storm(session, pods);
    }
    assertThat(cluster().core().listNamespace().execute().getItems())
        .extracting(namespace -> namespace.getMetadata().getName())
        .noneMatch(name -> name.startsWith("viking-bench"));
  }

  static List<Integer> sizes() {
    return SETTINGS.sizes();
  }

  private void storm(BenchSession session, int pods) throws Exception {
    var spec =
        StormSpec.of("viking", pods, Mode.DEPLOYMENT, TokenUse.WITH, PodPlacement.by("viking"));
    StormResult result = new Storm(session).run(spec, namespace -> checkOneToOne(namespace, pods));
    assertThat(result.up().pods()).as("pods that ran").isEqualTo(pods);
    assertThat(result.lost()).as("pods that were lost").isEmpty();
    String namespace = session.namespace(Purpose.STORM);
    assertThat(cluster().pods(namespace)).as("pods that are left").isEmpty();
    assertThat(cluster().instances(namespace)).as("instances that are left").isEmpty();
    print(
        "%,d pods: Running at %.0f pods/s (p50 %.1f s, max %.1f s), deleted at %.0f pods/s",
        pods,
        result.up().podsPerSecond(),
        result.toRunning().p50().toMillis() / 1000.0,
        result.toRunning().max().toMillis() / 1000.0,
        result.deletedPerSecond());
  }

  private void checkOneToOne(String namespace, int pods) {
    try {
      assertThat(cluster().pods(namespace))
          .hasSize(pods)
          .allSatisfy(pod -> assertThat(pod.getStatus().getPhase()).isEqualTo("Running"));
      OneToOne.check(cluster(), namespace);
    } catch (ApiException e) {
      throw new IllegalStateException(e.getResponseBody(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** By process, once all of them have noticed that nothing is there any more. */
  private Map<String, Footprint> footprints() throws Exception {
    Map<String, Double> gauges =
        Awaitility.await("the loops at rest, all queues empty")
            .atMost(QUIET_WITHIN)
            .pollInterval(Duration.ofMillis(500))
            .until(() -> Footprints.gauges(data()), ScaleScenarios::atRest);
    var footprints = new LinkedHashMap<String, Footprint>();
    StatusReport status = viking.status();
    footprints.put("viking", Footprints.of(status.pid(), gauges));
    for (StatusReport.Part part : status.parts()) {
      if (part.pid() > 0 && part.pid() != status.pid() && !FOREIGN.contains(part.name())) {
        footprints.put(part.name(), Footprints.of(part.pid(), Map.of()));
      }
    }
    return footprints;
  }

  /** No pods and no instances in their own view, and nothing left to do: late events, say. */
  private static boolean atRest(Map<String, Double> gauges) {
    return gauges.entrySet().stream()
        .filter(
            gauge ->
                gauge.getKey().startsWith("viking_syncer_")
                    || gauge.getKey().startsWith("viking_scheduler_")
                    || gauge.getKey().startsWith("viking_workqueue_"))
        .allMatch(gauge -> gauge.getValue() == 0);
  }

  private BenchSession session() throws Exception {
    return BenchSession.open(
        new BenchTarget(Path.of(viking.status().kubeconfig()), List::of, this::instances),
        Progress.silent(),
        Clock.systemUTC(),
        STALL);
  }

  private OptionalLong instances(String namespace) {
    try {
      return OptionalLong.of(cluster().instances(namespace).size());
    } catch (ApiException | IOException e) {
      throw new IllegalStateException("the cloud does not answer", e);
    }
  }

  private Cluster cluster() {
    return viking.cluster();
  }

  private DataDirectory data() {
    return DataDirectory.resolve(Optional.of(viking.dataDirectory()), Environment.system());
  }

  private void print(String format, Object... arguments) {
    System.out.println(
        "scale, "
            + variant().name().toLowerCase(Locale.ROOT)
            + (SETTINGS.apart() ? ", apart: " : ": ")
            + String.format(Locale.ROOT, format, arguments));
  }
}
