package io.viking.adapter.sim;

import io.viking.adapter.kit.contract.AdapterContract;
import io.viking.adapter.kit.contract.AdapterUnderTest;
import io.viking.adapter.sim.profile.Profiles;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class InstantContractTest extends AdapterContract {
  @TempDir Path state;

  @Override
  protected AdapterUnderTest startAdapter() throws Exception {
    return new ServedSim(Profiles.instant(), state);
  }
}
