package io.viking.controlplane;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The versions that this build of viking runs, read from the module files that the binaries are
 * built from: there is no second place to change.
 *
 * @param kubernetes such as {@code v1.36.3}
 * @param etcd such as {@code v3.6.4}
 * @param kwok such as {@code v0.7.0}; no part of a cluster, only compared with
 * @param metricsServer such as {@code v0.9.0}
 * @param go the oldest Go that builds them, such as {@code 1.26.0}
 */
public record Versions(
    String kubernetes, String etcd, String kwok, String metricsServer, String go) {
  private static final Versions BUNDLED =
      parse(
          resource("build/go/go.mod"),
          resource("build/go/etcd/go.mod"),
          resource("build/go/kwok/go.mod"),
          resource("build/go/metrics-server/go.mod"));

  /** What the module files inside this jar say. */
  public static Versions bundled() {
    return BUNDLED;
  }

  static Versions parse(
      String kubernetesModule, String etcdModule, String kwokModule, String metricsModule) {
    return new Versions(
        required(kubernetesModule, "(?m)^(?:require)?\\s+k8s\\.io/kubernetes (v\\S+)"),
        required(etcdModule, "(?m)^(?:require)?\\s+go\\.etcd\\.io/etcd/server/v3 (v\\S+)"),
        required(kwokModule, "(?m)^(?:require)?\\s+sigs\\.k8s\\.io/kwok (v\\S+)"),
        required(metricsModule, "(?m)^(?:require)?\\s+sigs\\.k8s\\.io/metrics-server (v\\S+)"),
        required(kubernetesModule, "(?m)^go (\\S+)"));
  }

  private static String required(String module, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(module);
    if (!matcher.find()) {
      throw new IllegalStateException("go.mod has no line that matches " + pattern);
    }
    return matcher.group(1);
  }

  private static String resource(String name) {
    try (InputStream in = Versions.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
