package io.viking.adapter.sim;

import io.viking.adapter.kit.contract.AdapterContract;
import io.viking.adapter.kit.contract.AdapterUnderTest;
import io.viking.adapter.sim.profile.Profiles;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The eci profile a hundred times as fast, so that its order of things is tested, not its pace. */
@Execution(ExecutionMode.CONCURRENT)
class EciContractTest extends AdapterContract {
  private static final String FAST =
      """
      base: eci
      rates:
        create: {burst: 1000, perMinute: 120000}
        delete: {burst: 1000, perMinute: 120000}
      latency:
        sandboxSeconds: {min: 0.07, max: 0.085}
        imagePullSeconds: {min: 0.02, max: 0.08}
        cachedImagePullSeconds: {min: 0.001, max: 0.005}
        containerStartSeconds: {min: 0.01, max: 0.015}
      containers: {runSeconds: 0.05, initSeconds: 0.01, stopSeconds: 0.01}
      network:
        loadBalancers:
          writes: {burst: 200, perMinute: 20000}
          provisioningSeconds: {min: 0.02, max: 0.05}
          configuringSeconds: {min: 0.005, max: 0.015}
          registeringSeconds: {min: 0.003, max: 0.008}
        dns:
          writes: {burst: 60, perMinute: 360000}
      """;

  @TempDir Path state;

  @Override
  protected AdapterUnderTest startAdapter() throws Exception {
    return new ServedSim(Profiles.parse("fast-eci", FAST), state);
  }
}
