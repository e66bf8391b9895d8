package io.viking.cli.door;

import static io.viking.cli.door.Gate.resources;
import static io.viking.cli.door.Gate.variable;

import io.kubernetes.client.openapi.models.V1Variable;
import io.viking.cloud.v1.GetInfoResponse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The gates of a pool's door. Pure. */
final class Gates {
  /** Their policies, in whatever pool and scope. */
  static final Set<String> NAMES =
      Set.of(
          "pods.door.viking.io",
          "templates.door.viking.io",
          "ephemeral-containers.door.viking.io",
          "resize.door.viking.io",
          "daemon-sets.door.viking.io",
          "services.door.viking.io");

  private static final List<String> CREATE = List.of("CREATE");
  private static final List<String> UPDATE = List.of("UPDATE");
  private static final List<String> CREATE_AND_UPDATE = List.of("CREATE", "UPDATE");

  /** No objects before: nothing was bad. */
  private static final String NOTHING_BEFORE = "dyn({})";

  private Gates() {}

  static List<Gate> of(GetInfoResponse info, Scope scope) {
    List<Check> checks = PodChecks.of(info);
    List<Gate> gates = new ArrayList<>();
    gates.add(pods(checks, scope));
    gates.add(templates(checks, scope));
    gates.add(ephemeralContainers(checks, info, scope));
    gates.add(resize(scope));
    if (scope == Scope.EVERY_POD) {
      gates.add(daemonSets());
      gates.add(nodePorts());
    }
    return List.copyOf(gates);
  }

  private static Gate pods(List<Check> checks, Scope scope) {
    Search search = new Search(EnumSet.of(ContainerList.CONTAINERS, ContainerList.INIT_CONTAINERS));
    return new Gate(
        "pods.door.viking.io",
        List.of(resources("", CREATE, "pods")),
        Ours.pod(scope, suspect(search, checks, "dyn(object)")),
        withAnnotations(
            variable("spec", "dyn(object).spec"),
            variable("old", NOTHING_BEFORE),
            variable("annotations", "dyn(object).metadata.?annotations.orValue({})"),
            variable("oldAnnotations", NOTHING_BEFORE),
            variable("at", "''"),
            variable("fine", search.nothing("variables.spec", checks))),
        templateFindings(search, checks, "!variables.fine", "true"));
  }

  private static Gate templates(List<Check> checks, Scope scope) {
    Search search = new Search(EnumSet.of(ContainerList.CONTAINERS, ContainerList.INIT_CONTAINERS));
    String old = "request.operation == 'UPDATE' ? %s%s : " + NOTHING_BEFORE;
    String before = template("dyn(oldObject)");
    return new Gate(
        "templates.door.viking.io",
        List.of(
            resources("", CREATE_AND_UPDATE, "podtemplates", "replicationcontrollers"),
            resources("apps", CREATE_AND_UPDATE, "deployments", "replicasets", "statefulsets"),
            resources("batch", CREATE_AND_UPDATE, "cronjobs", "jobs")),
        suspect(search, checks, template("dyn(object)")),
        withAnnotations(
            variable("template", template("dyn(object)")),
            variable("spec", "variables.template.spec"),
            variable("old", old.formatted(before, ".spec")),
            variable("annotations", "variables.template.?metadata.?annotations.orValue({})"),
            variable(
                "oldAnnotations", old.formatted(before, ".?metadata.?annotations.orValue({})")),
            variable(
                "at",
                "has(dyn(object).template) ? 'template.' : has(dyn(object).spec.jobTemplate) ?"
                    + " 'spec.jobTemplate.spec.template.' : 'spec.template.'"),
            variable("fine", search.nothing("variables.spec", checks)),
            variable("ours", Ours.template(scope))),
        templateFindings(search, checks, "variables.ours && !variables.fine", "variables.ours"));
  }

  /** These, and what the finding about annotations needs. */
  private static List<V1Variable> withAnnotations(V1Variable... variables) {
    return Stream.concat(Stream.of(variables), AnnotationFinding.variables().stream()).toList();
  }

  /** A condition that few fulfil of which nothing is wrong. */
  private static String suspect(Search search, List<Check> checks, String owner) {
    return "!%s ||\n!%s"
        .formatted(search.nothing(owner + ".spec", checks), AnnotationFinding.none(owner));
  }

  /** What a pod says by its annotations is more often fine than not: the spec is spared then. */
  private static List<Finding> templateFindings(
      Search search, List<Check> checks, String ifSpec, String ifAnnotations) {
    List<Finding> findings = new ArrayList<>();
    findings(search, checks).forEach(finding -> findings.add(finding.onlyIf(ifSpec)));
    findings.add(AnnotationFinding.finding().onlyIf(ifAnnotations));
    return findings;
  }

  /** Of whatever owns one. */
  private static String template(String owner) {
    return "(has(%1$s.template) ? %1$s.template : has(%1$s.spec.jobTemplate) ? %1$s.spec.jobTemplate.spec.template : %1$s.spec.template)"
        .formatted(owner);
  }

  private static Gate ephemeralContainers(List<Check> checks, GetInfoResponse info, Scope scope) {
    boolean possible = info.getCapabilities().getEphemeralContainers();
    Search search = new Search(EnumSet.of(ContainerList.EPHEMERAL_CONTAINERS));
    List<Check> ofContainers =
        possible
            ? checks.stream()
                .filter(
                    check ->
                        check.place() instanceof Place.EachContainer
                            || check.place() instanceof Place.EachItem)
                .toList()
            : List.of(
                new Check(
                    DoorRule.EPHEMERAL_CONTAINERS,
                    Place.CONTAINERS,
                    "",
                    c -> "has(" + c + ".name)",
                    "nothing can be added to a running instance here; use kubectl exec, or kubectl"
                        + " debug --copy-to=NAME, which makes another pod"));
    return new Gate(
        "ephemeral-containers.door.viking.io",
        List.of(resources("", UPDATE, "pods/ephemeralcontainers")),
        Ours.pod(scope, "!" + search.nothing("object.spec", ofContainers)),
        List.of(
            variable("spec", "dyn(object).spec"),
            variable("old", "dyn(oldObject).spec"),
            variable("at", "''")),
        findings(search, ofContainers));
  }

  private static Gate resize(Scope scope) {
    List<String> paths = new ArrayList<>();
    paths.add(
        "dyn(object).spec.?resources == dyn(oldObject).spec.?resources ? [] : ['spec.resources']");
    for (ContainerList list : List.of(ContainerList.CONTAINERS, ContainerList.INIT_CONTAINERS)) {
      paths.add(
          """
          %1$s.filter(c,
            !%2$s.exists(o, o.name == c.name && o.?resources == c.?resources))
          .map(c, 'spec.%3$s[' + string(dyn(object).spec.%3$s.indexOf(c)) + '].resources')"""
              .formatted(
                  Cel.items("dyn(object).spec", list.field()),
                  Cel.items("dyn(oldObject).spec", list.field()),
                  list.field()));
    }
    return new Gate(
        "resize.door.viking.io",
        List.of(resources("", UPDATE, "pods/resize")),
        Ours.pod(scope, "true"),
        List.of(),
        List.of(
            Finding.of(
                DoorRule.RESIZE,
                "resize",
                Cel.plus(paths.stream().map(path -> "(" + path + ")").toList()),
                "what an instance has is bought when it is made; delete the pod and make it anew"
                    + " with other resources")));
  }

  private static Gate daemonSets() {
    return new Gate(
        "daemon-sets.door.viking.io",
        List.of(resources("apps", CREATE, "daemonsets")),
        "true",
        List.of(),
        List.of(
            Finding.of(
                DoorRule.DAEMON_SETS,
                "daemonSets",
                "['kind']",
                "a DaemonSet runs a pod on every machine, and there is none here; put the container"
                    + " into the pods that it serves, as a sidecar (initContainers with"
                    + " restartPolicy Always), or use a Deployment")));
  }

  private static Gate nodePorts() {
    return new Gate(
        "services.door.viking.io",
        List.of(resources("", CREATE_AND_UPDATE, "services")),
        // A LoadBalancer has ports of nodes, too, from the API server: the type is what was asked.
        "object.spec.type == 'NodePort'",
        List.of(),
        List.of(
            Finding.of(
                DoorRule.NODE_PORT,
                "nodePort",
                "request.operation == 'UPDATE' && oldObject.spec.type == 'NodePort' ? [] :"
                    + " ['spec.type']",
                "NodePort opens a port of every machine, and there is none here; use LoadBalancer,"
                    + " or ClusterIP for what stays within the cluster")));
  }

  private static List<Finding> findings(Search search, List<Check> checks) {
    return checks.stream()
        .map(check -> Finding.of(check.rule(), check.id(), search.paths(check), check.says()))
        .toList();
  }
}
