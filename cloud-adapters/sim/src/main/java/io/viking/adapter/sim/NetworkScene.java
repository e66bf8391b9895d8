package io.viking.adapter.sim;

import io.viking.adapter.sim.core.InstanceFacts;
import io.viking.adapter.sim.core.SimCloud;
import io.viking.adapter.sim.network.dns.Answer;
import io.viking.adapter.sim.network.lb.Hostnames;
import io.viking.adapter.sim.network.lb.Traffic.Door;
import io.viking.adapter.sim.network.lb.Traffic.Doors;
import io.viking.adapter.sim.network.serve.Scene;
import io.viking.adapter.sim.network.serve.SimulatedPod;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.xbill.DNS.Name;

/** The live cloud as its sockets see it. */
final class NetworkScene implements Scene {
  private final LiveCloud cloud;

  NetworkScene(LiveCloud cloud) {
    this.cloud = cloud;
  }

  @Override
  public Doors doors() {
    return cloud.read(
        now -> now.network().loadBalancers().traffic().doors(now.now().toEpochMilli()));
  }

  @Override
  public List<Backend> backends(Door door, String group) {
    return cloud.read(
        now ->
            now.network()
                .loadBalancers()
                .traffic()
                .backends(door.cloudId(), door.cluster(), group));
  }

  @Override
  public Optional<SimulatedPod> pod(Door door, Backend backend) {
    return cloud.read(
        now ->
            instance(now, door.cluster(), backend)
                .filter(found -> found.getValue().address().equals(backend.getAddress()))
                .flatMap(
                    found ->
                        found
                            .getValue()
                            .reachable(
                                backend.getPort(),
                                door.listener().getProtocol() == Protocol.PROTOCOL_UDP,
                                now.now().toEpochMilli())
                            .map(
                                container ->
                                    pod(
                                        found.getKey(),
                                        found.getValue(),
                                        container.order().getName()))));
  }

  /** By its UID, or, for a backend that somebody added by hand, by its address. */
  private static Optional<Map.Entry<String, InstanceFacts>> instance(
      SimCloud now, String cluster, Backend backend) {
    if (!backend.getUid().isEmpty()) {
      return now.facts(cluster, backend.getUid())
          .map(Supplier::get)
          .map(facts -> Map.entry(backend.getUid(), facts));
    }
    return now.liveFacts(cluster).entrySet().stream()
        .filter(entry -> entry.getValue().address().equals(backend.getAddress()))
        .findFirst();
  }

  private static SimulatedPod pod(String uid, InstanceFacts facts, String container) {
    return new SimulatedPod(
        facts.namespace(), facts.name(), uid, container, facts.zone(), facts.address());
  }

  @Override
  public Answer lookup(Name name, int type) {
    return cloud.read(
        now -> {
          Optional<String> loopback =
              name.subdomain(Name.fromConstantString(Hostnames.ZONE + "."))
                  ? now.network().loadBalancers().traffic().resolve(name.toString(true))
                  : Optional.empty();
          return loopback
              .map(address -> Answer.address(name, type, address))
              .orElseGet(() -> now.network().zones().lookup(name, type));
        });
  }
}
