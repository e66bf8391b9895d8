package io.viking.syncer.kubelet;

import com.google.protobuf.Timestamp;
import io.viking.cloud.v1.ContainerUsage;
import io.viking.cloud.v1.GetUsageResponse;
import io.viking.cloud.v1.InstanceUsage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One scrape of a zone node as metrics-server makes it, over TLS, with the cloud in process: {@code
 * ./verify -q -Pjmh -pl syncer -am}. Nothing here is run by the ordinary build.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 10, time = 2)
public class UsageBenchmark {
  @Param({"1000", "10000"})
  public int pods;

  private KubeletFixture kubelet;

  @Setup
  public void fill() throws Exception {
    kubelet = new KubeletFixture();
    for (int i = 0; i < pods; i++) {
      kubelet.pods.put(KubeletFixture.pod("web-6d4cf56db6-%05d".formatted(i), "zone-x"));
    }
    kubelet.cloud.usage =
        (request, observer) -> {
          long now = System.currentTimeMillis();
          var answer =
              GetUsageResponse.newBuilder()
                  .setTime(
                      Timestamp.newBuilder()
                          .setSeconds(now / 1_000)
                          .setNanos((int) (now % 1_000) * 1_000_000));
          for (String uid : request.getUidsList()) {
            answer.addInstances(
                InstanceUsage.newBuilder()
                    .setUid(uid)
                    .addContainers(
                        ContainerUsage.newBuilder()
                            .setName("app")
                            .setStartTime(Timestamp.newBuilder().setSeconds(1_700_000_000))
                            .setCpuNanoseconds(now * 1_000)
                            .setMemoryWorkingSetBytes(123_456_789)));
          }
          observer.onNext(answer.build());
          observer.onCompleted();
        };
  }

  @TearDown
  public void stop() throws Exception {
    kubelet.close();
  }

  @Benchmark
  public int metricsResource() throws Exception {
    return kubelet.get("/metrics/resource/zone-x").body().length();
  }

  @Benchmark
  public int statsSummary() throws Exception {
    return kubelet.get("/stats/summary/zone-x").body().length();
  }
}
