package io.viking.scheduler.benchmark;

import io.viking.scheduler.decision.GroupDecider;
import io.viking.scheduler.decision.World;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.testing.Cloud;
import io.viking.scheduler.volume.ClaimVerdict;
import io.viking.scheduler.zone.Inventory;
import io.viking.scheduler.zone.Population;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The decisions alone, without queue, stock and effects. An operation is one pod. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 1)
public class DeciderBenchmark {
  @Param public Load load = Load.ONE_DEPLOYMENT;

  @Param({"1000", "10000", "100000"})
  public int present;

  private final GroupDecider decider = GroupDecider.standard();
  private final Inventory inventory = new Inventory();
  private final Population population = new Population();
  private List<PodShape> shapes = List.of();
  private World world = world();

  @Setup(Level.Trial)
  public void fill() {
    load.present(present)
        .forEach(pod -> population.put(pod.uid(), pod.zone(), pod.crowd(), pod.started()));
    shapes = load.shapes();
    world = world();
  }

  @Benchmark
  @OperationsPerInvocation(Load.PODS)
  public void decide(Blackhole hole) {
    for (PodShape shape : shapes) {
      hole.consume(decider.decide(shape, load.podsEach(), world));
    }
  }

  private World world() {
    return new World(
        Cloud.cloud().sites(inventory, Load.ZONES.stream().map(Cloud::node).toList()),
        inventory.assortment(),
        inventory.quotas(),
        population,
        _ -> false,
        _ -> ClaimVerdict.NO_CLAIMS);
  }
}
