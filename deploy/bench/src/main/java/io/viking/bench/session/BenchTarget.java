package io.viking.bench.session;

import io.viking.bench.process.ObservedProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The cluster that is measured.
 *
 * @param kubeconfig of an administrator
 * @param processes of the cluster on this machine; asked again for each stretch of time
 * @param cloud what the cloud has, if it can be asked
 */
public record BenchTarget(
    Path kubeconfig, Supplier<List<ObservedProcess>> processes, CloudGlance cloud) {

  /** The cloud's own view. */
  public interface CloudGlance {
    /** How many instances it has for pods of this namespace; empty if it cannot be asked. */
    OptionalLong instances(String namespace);

    /** A cloud that cannot be asked. */
    static CloudGlance none() {
      return namespace -> OptionalLong.empty();
    }
  }
}
