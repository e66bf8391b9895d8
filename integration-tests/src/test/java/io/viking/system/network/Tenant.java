package io.viking.system.network;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.system.Await;
import io.viking.system.Cluster;
import io.viking.system.Kubectl;
import io.viking.system.VikingProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Somebody with a namespace, who applies manifests and asks for what they name. */
final class Tenant implements AutoCloseable {
  private final Cluster cluster;
  private final VikingProcess viking;
  private final CloudNetwork network;
  private final Kubectl kubectl;
  private final String namespace;

  private Tenant(VikingProcess viking, String namespace) throws IOException {
    this.viking = viking;
    this.cluster = viking.cluster();
    this.network = new CloudNetwork(cluster);
    this.kubectl = new Kubectl(viking);
    this.namespace = namespace;
  }

  /** With a namespace of its own. */
  static Tenant of(VikingProcess viking, String prefix) throws ApiException, IOException {
    return new Tenant(viking, viking.cluster().newNamespace(prefix));
  }

  /** The same one, after a restart. */
  Tenant at(VikingProcess again) throws IOException {
    return new Tenant(again, namespace);
  }

  Cluster cluster() {
    return cluster;
  }

  CloudNetwork network() {
    return network;
  }

  String namespace() {
    return namespace;
  }

  /** Without the zone. */
  String domain(String service) {
    return service + "." + namespace + ".svc";
  }

  /** As it is asked for. */
  String name(String service) {
    return domain(service) + "." + CloudNetwork.ZONE;
  }

  String applies(String yaml) throws IOException, InterruptedException {
    return kubectl.applies(namespace, yaml);
  }

  String does(String... arguments) throws IOException, InterruptedException {
    return kubectl.does(
        Stream.concat(Stream.of("-n", namespace), Stream.of(arguments)).toArray(String[]::new));
  }

  /** {@code viking cloud}: what somebody does in the cloud's console. */
  String console(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("cloud"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data-dir", viking.dataDirectory().toString()));
    VikingProcess.Result result = VikingProcess.run(command.toArray(String[]::new));
    if (!result.succeeded()) {
      throw new AssertionError(command + " said: " + result.output());
    }
    return result.output();
  }

  /** Makes a load balancer that belongs to no cluster; its id. */
  String brings(String layer) throws IOException, InterruptedException {
    String said = console("lb", "create", "shared", "--layer", layer);
    return Stream.of(said.split("\\s"))
        .filter(word -> word.matches("a?lb-.*"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no id: " + said));
  }

  /** Names of the pods of an app that run. */
  Set<String> pods(String app) throws ApiException {
    return ofPods(app, pod -> pod.getMetadata().getName());
  }

  /** Their addresses. */
  Set<String> podAddresses(String app) throws ApiException {
    return ofPods(app, pod -> pod.getStatus().getPodIP());
  }

  private Set<String> ofPods(String app, Function<V1Pod, String> what) throws ApiException {
    return cluster.pods(namespace).stream()
        .filter(pod -> app.equals(pod.getMetadata().getLabels().get("app")))
        .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .map(what)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  void awaitPods(String app, int count) {
    Await.until(count + " pods of " + app, () -> pods(app).size() == count);
  }

  /** Where a Service's load balancer is reached; waits until it says so. */
  String address(String service) throws IOException, InterruptedException {
    return awaited("service/" + service, "ip");
  }

  /** The name of an Ingress' load balancer; waits until it has one. */
  String hostname(String ingress) throws IOException, InterruptedException {
    return awaited("ingress/" + ingress, "hostname");
  }

  private String awaited(String object, String field) throws IOException, InterruptedException {
    String path = "{.status.loadBalancer.ingress[0].%s}".formatted(field);
    Await.until(
        "where %s is reached".formatted(object),
        () -> !does("get", object, "-o", "jsonpath=" + path).isBlank());
    return does("get", object, "-o", "jsonpath=" + path).strip();
  }

  /** Reason and message of each event of an object of that name. */
  List<String> events(String object) throws ApiException {
    return cluster.events(namespace, object);
  }

  void awaitEvent(String object, String reason, String... words) {
    Await.until(
        "the event %s of %s with %s".formatted(reason, object, List.of(words)),
        () ->
            events(object).stream()
                .anyMatch(
                    event ->
                        event.startsWith(reason + ": ")
                            && Stream.of(words).allMatch(event::contains)));
  }

  Answer get(String at, int port, Request request) throws IOException, ApiException {
    return Dial.get(network.socket(at, port), request);
  }

  Answer getSecurely(String at, Request request) throws IOException, ApiException {
    return Dial.getSecurely(network.socket(at, 443), request);
  }

  /** The pod that answers for a host and path at an Ingress; "404": none. */
  String served(String at, String host, String path) throws IOException, ApiException {
    return who(get(at, 80, Request.of(host, path)));
  }

  /** The Deployment of the pod that answered, else the status. */
  static String who(Answer answer) {
    String pod = answer.pod();
    return pod.isEmpty() ? String.valueOf(answer.status()) : pod.replaceAll("-[^-]+-[^-]+$", "");
  }

  /** Which pods have answered in forty requests, each on a connection of its own. */
  Set<String> answering(String at, int port) throws IOException, ApiException {
    var socket = network.socket(at, port);
    Set<String> seen = new TreeSet<>();
    for (int i = 0; i < 40; i++) {
      seen.add(Dial.get(socket, Request.of(at, "/")).pod());
    }
    return seen;
  }

  /**
   * Deletes what the manifests made that has something in the cloud, and waits until it is gone.
   */
  void leaves(String... objects) throws IOException, InterruptedException {
    var arguments = new ArrayList<>(List.of("delete", "--timeout=120s"));
    arguments.addAll(List.of(objects));
    does(arguments.toArray(String[]::new));
  }

  @Override
  public void close() throws ApiException, IOException {
    cluster.deleteNamespace(namespace);
  }
}
