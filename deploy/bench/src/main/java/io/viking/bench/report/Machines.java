package io.viking.bench.report;

import com.google.gson.JsonParser;
import io.viking.bench.session.BenchSession;
import io.viking.kube.client.KubeApiException;
import java.lang.management.ManagementFactory;

/** Says where a benchmark ran. */
public final class Machines {
  private Machines() {}

  /** This machine, and the version of the session's API server. */
  public static Machine of(BenchSession session) {
    return new Machine(
        session.clock().instant(),
        Runtime.getRuntime().availableProcessors(),
        memory(),
        "%s %s %s"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("os.arch")),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        kubernetes(session));
  }

  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }

  private static String kubernetes(BenchSession session) {
    try {
      return session
          .raw()
          .get(
              "/version",
              body ->
                  JsonParser.parseString(body.readUtf8())
                      .getAsJsonObject()
                      .get("gitVersion")
                      .getAsString());
    } catch (KubeApiException | IllegalStateException unknown) {
      return "unknown";
    }
  }
}
