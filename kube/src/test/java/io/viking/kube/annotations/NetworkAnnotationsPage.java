package io.viking.kube.annotations;

import java.util.List;

/** The reference page of Services' and Ingresses' annotations. */
final class NetworkAnnotationsPage {
  static final String COMMAND =
      "mvn -q test -pl kube -Dtest=NetworkAnnotationsPageTest -Dviking.docs.write=true";

  private static final String HEAD =
      """
      # Annotations of Services and Ingresses

      <!-- Generated from io.viking.kube.annotations. To write it anew:
           %s -->

      What a Service or an Ingress asks of its load balancer beyond what Kubernetes can say: the annotations of Alibaba Cloud, with
      the same keys and values. What becomes of them, [networking](networking.md) tells. Unlike those of pods they are followed: a
      change reaches the cloud at once.

      A Service's keys are written here without their prefix `%s`; the older
      `%s` is read where the present one is absent. An Ingress' keys are written without
      `%s`; those of a canary, `ssl-redirect`, `rewrite-target` and `backend-protocol` are read with
      `nginx.ingress.kubernetes.io/`, too.

      - A **malformed** value counts for nothing: a warning event `MalformedAnnotation` names the key, the value and the form. The rest
        of the object, and every other object, goes on.
      - A key of these prefixes that is **not known** has no effect, and a warning event `UnknownAnnotation` says so.
      - With **who**: the *cloud* gets it as a field of the contract; the *syncer* acts on it itself; *passed on*: it is checked, and the
        cloud's adapter gets it as it is and honours it if it can.
      """;

  private NetworkAnnotationsPage() {}

  static String write() {
    var page =
        new StringBuilder(
            HEAD.formatted(
                COMMAND,
                ServiceAnnotations.PREFIX,
                ServiceAnnotations.OLD_PREFIX,
                IngressAnnotations.PREFIX));
    write(page, NetworkRegistry.SERVICE_SECTIONS);
    write(page, NetworkRegistry.INGRESS_SECTIONS);
    return page.toString();
  }

  private static void write(StringBuilder page, List<CloudAnnotations.Section> sections) {
    for (CloudAnnotations.Section section : sections) {
      page.append("\n## ").append(section.title()).append("\n\n");
      page.append(
          "| key | value | example | default | meaning | who |\n|---|---|---|---|---|---|\n");
      section
          .annotations()
          .forEach(
              annotation ->
                  page.append(AnnotationsPage.row(annotation, NetworkRegistry::shortName))
                      .append('\n'));
    }
  }
}
