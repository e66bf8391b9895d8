package io.viking.simulation.world;

import static java.util.stream.Collectors.toCollection;

import io.kubernetes.client.openapi.models.V1Endpoint;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.viking.cloud.v1.Record;
import io.viking.kube.cache.ResourceType;
import io.viking.simulation.api.Present;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which names there must be when nothing has happened for a while: those of the Kubernetes DNS
 * specification 1.1.0, made from the objects once more and not by the syncer's code. Where nobody
 * answers on a ClusterIP, the name of its Service has the addresses of its ready pods.
 */
final class NameBooks {
  private static final String ZONE = "cluster.local";
  private static final String REVERSE = "in-addr.arpa";

  private final World world;

  NameBooks(World world) {
    this.world = world;
  }

  /** What is wrong, a line for each record. */
  List<String> wrong() {
    Set<String> had = new TreeSet<>();
    for (String zone : List.of(ZONE, REVERSE)) {
      for (Record one : world.cloud.records(zone)) {
        String type = one.getType().name().replace("RECORD_TYPE_", "");
        had.add(line(one.getName() + "." + zone, type, one.getValue()));
      }
    }
    Set<String> wanted =
        world.api.all(ResourceType.SERVICES).stream()
            .flatMap(this::of)
            .collect(toCollection(TreeSet::new));
    wanted.add(line("dns-version." + ZONE, "TXT", "\"1.1.0\""));
    return Stream.concat(
            wanted.stream().filter(one -> !had.contains(one)).map(one -> "no name " + one),
            had.stream().filter(one -> !wanted.contains(one)).map(one -> "nobody's name " + one))
        .toList();
  }

  private Stream<String> of(V1Service service) {
    String name =
        "%s.%s.svc.%s".formatted(Present.metadata(service).getName(), Templates.NAMESPACE, ZONE);
    List<V1Endpoint> ready = world.slices.ready(service);
    if (Fronts.isHeadless(service)) {
      return ready.stream().flatMap(one -> ofPod(service, name, one));
    }
    Collection<String> addresses =
        Fronts.isBalanced(service)
            ? Fronts.told(service)
            : ready.stream().map(NameBooks::address).toList();
    Stream<String> forward =
        addresses.isEmpty()
            ? Stream.empty()
            : Stream.concat(
                addresses.stream().map(address -> line(name, "A", address)),
                // Through a load balancer its own port is reached, else that of the pods.
                ports(service, name, name, Fronts.isBalanced(service)));
    return Stream.concat(forward, Stream.of(reverse(Fronts.clusterIp(service), name)));
  }

  private static Stream<String> ofPod(V1Service service, String name, V1Endpoint pod) {
    String address = address(pod);
    String label = pod.getHostname() == null ? address.replace('.', '-') : pod.getHostname();
    String own = label + "." + name;
    return Stream.concat(
        Stream.of(line(name, "A", address), line(own, "A", address), reverse(address, own)),
        ports(service, name, own, false));
  }

  private static Stream<String> ports(
      V1Service service, String name, String target, boolean ofService) {
    return Fronts.ports(service).stream()
        .map(
            port ->
                line(
                    "_%s._tcp.%s".formatted(port.getName(), name),
                    "SRV",
                    "0 100 %d %s.".formatted(ofService ? port.getPort() : target(port), target)));
  }

  private static int target(V1ServicePort port) {
    return Integer.parseInt(String.valueOf(port.getTargetPort()));
  }

  private static String reverse(String address, String name) {
    List<String> octets = List.of(address.split("\\."));
    return line(String.join(".", octets.reversed()) + "." + REVERSE, "PTR", name + ".");
  }

  private static String address(V1Endpoint endpoint) {
    return endpoint.getAddresses().getFirst();
  }

  private static String line(String name, String type, String value) {
    return name + " " + type + " " + value;
  }
}
