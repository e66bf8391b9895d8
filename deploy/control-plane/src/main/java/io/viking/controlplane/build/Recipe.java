package io.viking.controlplane.build;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.viking.controlplane.Versions;
import io.viking.controlplane.upstream.Binaries;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is built from what, and how. Its {@link #key} changes with anything that changes a binary.
 *
 * @param what as a person calls it: {@code Kubernetes v1.36.3 and etcd v3.6.4}
 * @param key names the folder of the binaries
 * @param files of the modules, by their path in the workspace
 */
public record Recipe(String what, String key, List<Target> targets, Map<String, String> files) {
  private static final Pattern GO_LINE = Pattern.compile("(?m)^go (\\S+)");
  private static final int DIGEST_LENGTH = 12;
  private static final List<String> KUBERNETES = List.of("go.mod", "go.sum");
  private static final List<String> ETCD = List.of("etcd/go.mod", "etcd/go.sum");
  private static final List<String> KWOK = List.of("kwok/go.mod", "kwok/go.sum");
  private static final List<String> METRICS =
      List.of("metrics-server/go.mod", "metrics-server/go.sum");
  private static final List<String> PLAIN = List.of("-trimpath", "-ldflags", "-s -w");

  /**
   * @param binary the name that it gets
   * @param module the folder of the module that builds it, in the workspace
   * @param goPackage the main package
   */
  public record Target(String binary, String module, String goPackage, List<String> flags) {}

  public Recipe {
    targets = List.copyOf(targets);
    files = Map.copyOf(files);
  }

  /** The control plane. */
  public static Recipe bundled() {
    Versions versions = Versions.bundled();
    List<String> stamped = stamped(versions);
    return of(
        "Kubernetes %s and etcd %s".formatted(versions.kubernetes(), versions.etcd()),
        versions.kubernetes(),
        List.of(
            new Target(Binaries.ETCD, "etcd", "go.etcd.io/etcd/server/v3", PLAIN),
            new Target(Binaries.API_SERVER, "", "k8s.io/kubernetes/cmd/kube-apiserver", stamped),
            new Target(
                Binaries.CONTROLLER_MANAGER,
                "",
                "k8s.io/kubernetes/cmd/kube-controller-manager",
                stamped),
            new Target(Binaries.KUBECTL, "", "k8s.io/kubernetes/cmd/kubectl", stamped)),
        KUBERNETES,
        ETCD);
  }

  /**
   * What Viking is compared with: the scheduler of the same Kubernetes, and KWOK, which plays the
   * kubelets. No cluster needs it.
   */
  public static Recipe comparison() {
    Versions versions = Versions.bundled();
    return of(
        "kube-scheduler %s and KWOK %s".formatted(versions.kubernetes(), versions.kwok()),
        "compare-" + versions.kubernetes() + "-kwok-" + versions.kwok(),
        List.of(
            new Target(
                Binaries.SCHEDULER, "", "k8s.io/kubernetes/cmd/kube-scheduler", stamped(versions)),
            new Target(Binaries.KWOK, "kwok", "sigs.k8s.io/kwok/cmd/kwok", PLAIN)),
        KUBERNETES,
        KWOK);
  }

  /** What {@code kubectl top} and autoscalers read. No pod waits for it. */
  public static Recipe metrics() {
    String version = Versions.bundled().metricsServer();
    return of(
        "metrics-server " + version,
        "metrics-server-" + version,
        List.of(
            new Target(
                Binaries.METRICS_SERVER,
                "metrics-server",
                "sigs.k8s.io/metrics-server/cmd/metrics-server",
                PLAIN)),
        METRICS);
  }

  /**
   * The part of it that gives one binary, into the same folder: whoever needs the rest builds that
   * later.
   */
  public Recipe only(String binary) {
    List<Target> wanted =
        targets.stream().filter(target -> target.binary().equals(binary)).toList();
    return new Recipe(binary + " " + Versions.bundled().kubernetes(), key, wanted, files);
  }

  @SafeVarargs
  private static Recipe of(
      String what, String version, List<Target> targets, List<String>... modules) {
    Map<String, String> files = new LinkedHashMap<>();
    Stream.of(modules).flatMap(List::stream).forEach(file -> files.put(file, resource(file)));
    return new Recipe(what, version + "-" + digest(targets, files), targets, files);
  }

  private static List<String> stamped(Versions versions) {
    return List.of("-trimpath", "-ldflags", "-s -w " + stamps(versions.kubernetes()));
  }

  /**
   * The version in both places that a binary may read it from. Without it {@code kubectl version}
   * cannot parse the server's; the commit is unknown to a module and left empty rather than as the
   * unexpanded placeholder of the sources.
   */
  private static String stamps(String version) {
    String[] numbers = version.substring(1).split("\\.", -1);
    StringBuilder flags = new StringBuilder();
    for (String place : List.of("k8s.io/component-base/version", "k8s.io/client-go/pkg/version")) {
      flags
          .append(" -X " + place + ".gitVersion=" + version)
          .append(" -X " + place + ".gitMajor=" + numbers[0])
          .append(" -X " + place + ".gitMinor=" + numbers[1])
          .append(" -X " + place + ".gitTreeState=clean")
          .append(" -X " + place + ".gitCommit=");
    }
    return flags.toString().strip();
  }

  /**
   * @param files in their order
   */
  private static String digest(List<Target> targets, Map<String, String> files) {
    Hasher hasher = Hashing.sha256().newHasher();
    files.forEach((file, text) -> hasher.putString(file + "\n" + text, StandardCharsets.UTF_8));
    hasher.putString(targets.toString(), StandardCharsets.UTF_8);
    return hasher.hash().toString().substring(0, DIGEST_LENGTH);
  }

  /** How many module archives the checksums name: the most that can be downloaded. */
  int modules() {
    return (int)
        files.entrySet().stream()
            .filter(file -> file.getKey().endsWith("go.sum"))
            .flatMap(file -> file.getValue().lines())
            .filter(line -> !line.contains("/go.mod "))
            .distinct()
            .count();
  }

  /** The oldest Go that builds all of its modules, such as {@code 1.26.4}. */
  GoVersion oldestGo() {
    return files.entrySet().stream()
        .filter(file -> file.getKey().endsWith("go.mod"))
        .flatMap(file -> GO_LINE.matcher(file.getValue()).results())
        .map(line -> GoVersion.parse(line.group(1)).orElseThrow())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  String[] binaries() {
    return targets.stream().map(Target::binary).toArray(String[]::new);
  }

  private static String resource(String name) {
    try (InputStream in = Recipe.class.getResourceAsStream("go/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
