package io.viking.chaos.run;

import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1IngressLoadBalancerIngress;
import io.kubernetes.client.openapi.models.V1LoadBalancerIngress;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Service;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.RecordType;
import io.viking.cloud.v1.Rule;
import io.viking.cloud.v1.ServerGroup;
import io.viking.cloud.v1.WeightedServerGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * All Services are right: backends, names and rules are what follows from the pods that are ready.
 * Looks at the Services of {@link Fronts} alone.
 */
record NetworkBooks(
    List<V1Pod> pods,
    List<V1Service> services,
    List<V1Ingress> ingresses,
    List<LoadBalancer> balancers,
    List<Record> records) {

  /** By {@code namespace/name}, what differs. */
  List<String> differences() {
    var differences = new ArrayList<String>();
    List<V1Service> ours = services.stream().filter(Fronts::isOurs).toList();
    for (V1Service service : ours) {
      if (isBalanced(service)) {
        balanced(service, differences);
      } else {
        differ(differences, name(service), "its name", addresses(domain(service)), ready(service));
      }
    }
    ingresses.forEach(ingress -> ruled(ingress, differences));
    strays(ours, differences);
    return differences;
  }

  private void balanced(V1Service service, List<String> differences) {
    Optional<LoadBalancer> balancer =
        address(service).flatMap(at -> find(one -> one.getAddressesList().contains(at)));
    if (balancer.isEmpty()) {
      differences.add(
          "%s: no load balancer at %s".formatted(name(service), address(service).orElse("\"\"")));
      return;
    }
    differ(
        differences,
        name(service),
        "its backends",
        backends(balancer.get(), "svc/" + name(service) + "/"),
        ready(service));
    differ(
        differences,
        name(service),
        "its name",
        addresses(domain(service)),
        Set.of(address(service).orElseThrow()));
  }

  private void ruled(V1Ingress ingress, List<String> differences) {
    String namespace = Objects.requireNonNull(ingress.getMetadata().getNamespace());
    String name = namespace + "/" + ingress.getMetadata().getName();
    String host = Fronts.host(namespace);
    Optional<String> at =
        Optional.ofNullable(ingress.getStatus())
            .map(status -> status.getLoadBalancer())
            .map(balancer -> balancer.getIngress())
            .flatMap(all -> all.stream().findFirst())
            .map(V1IngressLoadBalancerIngress::getHostname);
    List<String> groups =
        at.flatMap(hostname -> find(one -> one.getHostname().equals(hostname))).stream()
            .flatMap(one -> one.getListenersList().stream())
            .flatMap(listener -> listener.getRulesList().stream())
            .filter(rule -> rule.getHostsList().contains(host))
            .map(Rule::getForwardList)
            .flatMap(List::stream)
            .map(WeightedServerGroup::getServerGroup)
            .toList();
    if (groups.size() != 1) {
      differences.add("%s: %d rules at %s".formatted(name, groups.size(), at.orElse("\"\"")));
      return;
    }
    services.stream()
        .filter(Fronts::isBehindIngress)
        .filter(service -> namespace.equals(service.getMetadata().getNamespace()))
        .forEach(
            service ->
                differ(
                    differences,
                    name,
                    "its backends",
                    backends(
                        find(one -> one.getHostname().equals(at.orElseThrow())).orElseThrow(),
                        groups.getFirst()),
                    ready(service)));
  }

  /** What nobody asks for any more. */
  private void strays(List<V1Service> ours, List<String> differences) {
    long wanted = ours.stream().filter(NetworkBooks::isBalanced).count();
    long there = balancers.stream().filter(NetworkBooks::isLayer4).count();
    if (wanted != there) {
      differences.add("-: %d load balancers of %d Services".formatted(there, wanted));
    }
    Set<String> domains = ours.stream().map(NetworkBooks::domain).collect(Collectors.toSet());
    records.stream()
        .map(Record::getName)
        .filter(Fronts::isOurName)
        .filter(
            record -> domains.stream().noneMatch(d -> record.equals(d) || record.endsWith("." + d)))
        .distinct()
        .forEach(record -> differences.add("-: record " + record + " of no Service"));
  }

  private static void differ(
      List<String> to, String name, String what, Set<String> is, Set<String> wanted) {
    if (!is.equals(wanted)) {
      Set<String> missing = new TreeSet<>(wanted);
      missing.removeAll(is);
      Set<String> excess = new TreeSet<>(is);
      excess.removeAll(wanted);
      to.add(
          "%s: of %s %d are missing %s, %d too many %s"
              .formatted(name, what, missing.size(), some(missing), excess.size(), some(excess)));
    }
  }

  private static List<String> some(Set<String> all) {
    return all.stream().limit(3).toList();
  }

  private Set<String> ready(V1Service service) {
    Map<String, String> selector = Objects.requireNonNull(service.getSpec().getSelector());
    return pods.stream()
        .filter(
            pod ->
                Objects.equals(
                    pod.getMetadata().getNamespace(), service.getMetadata().getNamespace()))
        .filter(
            pod ->
                Optional.ofNullable(pod.getMetadata().getLabels())
                    .orElseGet(Map::of)
                    .entrySet()
                    .containsAll(selector.entrySet()))
        .filter(pod -> PodSeen.of(pod).runs())
        .map(pod -> String.valueOf(pod.getStatus().getPodIP()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Of the groups whose names begin so, those that get new connections. */
  private static Set<String> backends(LoadBalancer balancer, String group) {
    return balancer.getServerGroupsList().stream()
        .filter(one -> one.getName().startsWith(group))
        .map(ServerGroup::getBackendsList)
        .flatMap(List::stream)
        .filter(backend -> backend.getWeight() > 0)
        .map(Backend::getAddress)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> addresses(String domain) {
    return records.stream()
        .filter(record -> record.getName().equals(domain))
        .filter(record -> record.getType() == RecordType.RECORD_TYPE_A)
        .map(Record::getValue)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Optional<LoadBalancer> find(Predicate<LoadBalancer> is) {
    return balancers.stream().filter(is).findFirst();
  }

  private static boolean isLayer4(LoadBalancer balancer) {
    return balancer.getServerGroupsList().stream().noneMatch(g -> g.getName().startsWith("ing/"));
  }

  private static boolean isBalanced(V1Service service) {
    return "LoadBalancer".equals(service.getSpec().getType());
  }

  private static Optional<String> address(V1Service service) {
    return Optional.ofNullable(service.getStatus())
        .map(status -> status.getLoadBalancer())
        .map(balancer -> balancer.getIngress())
        .flatMap(all -> all.stream().findFirst())
        .map(V1LoadBalancerIngress::getIp);
  }

  private static String name(V1Service service) {
    return service.getMetadata().getNamespace() + "/" + service.getMetadata().getName();
  }

  /** Without the zone. */
  private static String domain(V1Service service) {
    return "%s.%s.svc"
        .formatted(service.getMetadata().getName(), service.getMetadata().getNamespace());
  }
}
