package io.viking.adapter.sim.usage;

import static io.viking.adapter.sim.TestPod.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.TestPod;
import io.viking.adapter.sim.core.ContainerRun;
import io.viking.adapter.sim.core.InstanceFacts;
import io.viking.adapter.sim.core.InstanceFacts.ContainerFacts;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.spec.OrderParser;
import io.viking.adapter.sim.spec.OrderParser.Parsed;
import io.viking.cloud.v1.InstancePhase;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerLoadTest {
  private static final long START = 1_764_000_000_000L;
  private static final ContainerRun RUN = new ContainerRun(1, START, Long.MAX_VALUE, 0);

  private final OrderParser parser = new OrderParser(Profiles.instant());

  @ParameterizedTest(name = "{0} after {1} s: {2} vCPU-milliseconds")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          250m                         | 0   | 0
          250m                         | 8   | 2000
          2                            | 10  | 20000
          0s:100m,60s:800m,120s:100m   | 30  | 8250
          0s:100m,60s:800m,120s:100m   | 60  | 27000
          0s:100m,60s:800m,120s:100m   | 120 | 54000
          0s:100m,60s:800m,120s:100m   | 130 | 55000
          10s:1,20s:1                  | 5   | 5000
          10s:0,20s:1                  | 15  | 1250
          1m:500m                      | 10  | 5000
          """)
  void cpu_isTheSumOverItsAge(String said, long seconds, long milliseconds) {
    assertThat(load(pod("a").sim("cpu", said)).cpuNanos(START + seconds * 1000))
        .isEqualTo(milliseconds * 1_000_000);
  }

  @ParameterizedTest(name = "{0} after {1} s: {2} bytes")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          64Mi                   | 100 | 67108864
          0s:1000,10s:2000       | 5   | 1500
          0s:1000,10s:2000       | 99  | 2000
          10s:2000,20s:0         | 1   | 2000
          10s:2000,20s:0         | 15  | 1000
          """)
  void memory_followsItsCurve(String said, long seconds, long bytes) {
    assertThat(load(pod("a").sim("memory", said)).memoryBytes(START + seconds * 1000))
        .isEqualTo(bytes);
  }

  @Test
  void containersOwnWord_goesBeforeThePods() {
    assertThat(load(pod("a").sim("cpu", "1").sim("cpu.main", "2")).cpuNanos(START + 1000))
        .isEqualTo(2_000_000_000L);
  }

  @Test
  void withoutAWord_aTwentiethAndAnEighthOfTheInstance() {
    ContainerLoad load = load(pod("a"));

    assertThat(load.cpuNanos(START + 20_000)).isEqualTo(1_000_000_000L);
    assertThat(load.memoryBytes(START)).isEqualTo(256L << 20);
  }

  @Test
  void cpu_neverFalls() {
    ContainerLoad load = load(pod("a").sim("cpu", "0s:3m,7s:0,11s:1m,12s:0"));
    long before = 0;
    for (long at = START; at < START + 15_000; at++) {
      long now = load.cpuNanos(at);
      assertThat(now).as("at %s ms", at - START).isGreaterThanOrEqualTo(before);
      before = now;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          cpu        | much
          cpu        | 0s:1,0s:2
          cpu        | 10s:1,5s:2
          cpu        | 0s:1,2
          cpu        | 0s:1,
          cpu        | 5:1
          cpu        | 2000000
          memory     | 64Mb
          memory     | 2Pi
          cpu.main   | -1
          """)
  void malformedWord_isRefused_withTheWayOut(String key, String value) {
    assertThat(parser.parse(pod("a").sim(key, value).spec()))
        .isInstanceOfSatisfying(
            Parsed.Rejected.class,
            rejected ->
                assertThat(rejected.failure().message())
                    .isEqualTo(
                        "metadata.annotations[sim.viking.io/%s]: \"%s\" is neither a quantity nor a curve over the container's age: write 250m, or 0s:100m,60s:800m,2m:100m with times that grow"
                            .formatted(key, value)));
  }

  private ContainerLoad load(TestPod pod) {
    ContainerFacts container =
        new ContainerFacts(
            ((Parsed.Understood) parser.parse(pod.spec())).order().getContainers(0),
            Optional.of(RUN),
            Optional.empty(),
            ByteString.EMPTY);
    InstanceFacts instance =
        new InstanceFacts(
            "eci-1",
            "shop",
            "web",
            "z1",
            "1-2Gi",
            1000,
            2048,
            InstancePhase.INSTANCE_PHASE_RUNNING,
            true,
            "10.0.0.1",
            ByteString.EMPTY,
            ByteString.EMPTY,
            List.of(container));
    return new ContainerLoad(instance, container, RUN);
  }
}
