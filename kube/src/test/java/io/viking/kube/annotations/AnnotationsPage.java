package io.viking.kube.annotations;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The reference page of the annotations. */
final class AnnotationsPage {
  static final String COMMAND =
      "mvn -q test -pl kube -Dtest=AnnotationsPageTest -Dviking.docs.write=true";

  /** What the simulated cloud acts on. */
  private static final Set<CloudAnnotation<?>> SIMULATED =
      Set.of(
          PlacementAnnotations.USE_SPECS,
          PlacementAnnotations.VSWITCH,
          SpotAnnotations.STRATEGY,
          SpotAnnotations.PRICE_LIMIT,
          SpotAnnotations.DURATION,
          SpotAnnotations.FALLBACK,
          PurchaseAnnotations.CUSTOM_TAGS,
          AddressAnnotations.WITH_EIP);

  private static final String HEAD =
      """
      # Pod annotations

      <!-- Generated from io.viking.kube.annotations. To write it anew:
           %s -->

      What a pod asks of the cloud beside CPU and memory, it says by annotations: those of Alibaba Cloud's elastic container
      instances, with the same keys and values. They belong on the pod (`spec.template.metadata` of a workload), or come from the
      [cluster's profile](configuration.md#the-cluster-profile). They are read when the instance is made; a later change has no
      effect on it.

      Keys are written here without their prefix `%s`, but for the two of `kubernetes.io/`. White space around values and items
      does not count.

      - A **malformed** value is refused: the pod stays Pending with a sentence that names the key, the value and the form.
      - A key of the prefix that is **not known** here is passed on to the cloud, with a warning event `UnknownAnnotation` that
        names the key which it resembles.
      - With **who**: the *scheduler* chooses zone and type by it; the *cloud* gets it as a field of the contract; the *syncer* acts
        on it itself; *passed on*: it is checked, and the cloud's adapter gets it as it is and honours it if it can.
      - A **●** marks what the [simulated cloud](simulated-cloud.md) acts on by itself, beside what scheduler and syncer do.
      """;

  private static final String WRITTEN_BACK =
      """
      ## Written back

      Beside the status, in the same write:

      | on the pod | what |
      |---|---|
      | label `topology.kubernetes.io/zone` | the zone where the instance really is |
      | `eci-instance-id` | the cloud's own id of the instance |
      | `eci-instance-spec` | what is billed: a shape or a type |
      | `viking.io/price` | what it costs: `0.176400 CNY/h` |
      | `viking.io/spot` | `true`: bought on the spot market |
      | `allocated-eipAddress` | its public address |
      | `allocated-ipv6Address` | its IPv6 address |
      """;

  private AnnotationsPage() {}

  static String write() {
    var page = new StringBuilder(HEAD.formatted(COMMAND, CloudAnnotations.PREFIX));
    for (CloudAnnotations.Section section : CloudAnnotations.SECTIONS) {
      page.append("\n## ").append(section.title()).append("\n\n");
      page.append(
          "| key | value | example | default | meaning | who | |\n|---|---|---|---|---|---|---|\n");
      section
          .annotations()
          .forEach(
              annotation ->
                  page.append(row(annotation, CloudAnnotations::shortName))
                      .append(SIMULATED.contains(annotation) ? " ● |\n" : "  |\n"));
    }
    page.append("\n## Together\n\n");
    AnnotationRule.ALL.forEach(rule -> page.append("- ").append(rule.text()).append('\n'));
    return page.append('\n').append(WRITTEN_BACK).toString();
  }

  /** A row of a table of annotations, without the end of its line. */
  static String row(CloudAnnotation<?> annotation, UnaryOperator<String> shortName) {
    return "| %s | %s | `%s` | %s | %s | %s |"
        .formatted(
            keys(annotation, shortName),
            annotation.type().form(),
            annotation.example(),
            annotation.defaultValue(),
            annotation.meaning(),
            who(annotation.use()))
        .replace("does not begin with |", "does not begin with \\|");
  }

  private static String keys(CloudAnnotation<?> annotation, UnaryOperator<String> shortName) {
    String key = "`" + shortName.apply(annotation.key()) + "`";
    List<String> old =
        annotation.oldKeys().stream()
            .filter(name -> !shortName.apply(name).equals(shortName.apply(annotation.key())))
            .toList();
    return old.isEmpty()
        ? key
        : key
            + old.stream()
                .map(name -> "`" + shortName.apply(name) + "`")
                .collect(Collectors.joining(", ", " (before: ", ")"));
  }

  private static String who(AnnotationUse use) {
    return switch (use) {
      case PLACEMENT -> "scheduler";
      case CLOUD -> "cloud";
      case SYNCER -> "syncer";
      case PASSED_ON -> "passed on";
    };
  }
}
