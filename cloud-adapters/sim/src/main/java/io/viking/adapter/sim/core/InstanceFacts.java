package io.viking.adapter.sim.core;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.state.ContainerKind;
import io.viking.adapter.sim.state.ContainerOrder;
import io.viking.cloud.v1.InstancePhase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What logs, usage and the insides of containers are worked out from.
 *
 * @param type name of the instance type
 * @param address inside the user's network; empty until it has one
 * @param inside hash of its Inside; empty if it has ended
 * @param files what its volumes hold now
 */
public record InstanceFacts(
    String id,
    String namespace,
    String name,
    String zone,
    String type,
    long milliVcpu,
    long memoryMib,
    InstancePhase phase,
    boolean live,
    String address,
    ByteString inside,
    ByteString files,
    List<ContainerFacts> containers) {

  /**
   * One container.
   *
   * @param current the latest start, running or ended; empty: it never started
   * @param previous the start before
   * @param files those of its start, if it mounts parts of volumes
   */
  public record ContainerFacts(
      ContainerOrder order,
      Optional<ContainerRun> current,
      Optional<ContainerRun> previous,
      ByteString files) {
    public boolean running(long now) {
      return current.filter(run -> run.end() > now).isPresent();
    }
  }

  /** The container that runs and has declared that TCP port. */
  public Optional<ContainerFacts> listener(int port, long now) {
    return running(now, order -> order.getPortsList().contains(port));
  }

  /**
   * The container that traffic over the network reaches: the one that declares the port for that
   * protocol, or, if the pod declares no ports at all, the first app container that runs.
   */
  public Optional<ContainerFacts> reachable(int port, boolean isUdp, long now) {
    boolean declares =
        containers.stream()
            .anyMatch(c -> c.order().getPortsCount() > 0 || c.order().getUdpPortsCount() > 0);
    if (!declares) {
      return running(now, order -> order.getKind() == ContainerKind.APP);
    }
    return isUdp
        ? running(now, order -> order.getUdpPortsList().contains(port))
        : listener(port, now);
  }

  /** The first that runs and was ordered so. */
  private Optional<ContainerFacts> running(long now, Predicate<ContainerOrder> ordered) {
    return containers.stream().filter(c -> c.running(now) && ordered.test(c.order())).findFirst();
  }

  static InstanceFacts of(SimInstance instance) {
    List<ContainerFacts> containers = new ArrayList<>();
    for (ContainerLife life : instance.containers) {
      containers.add(new ContainerFacts(life.order, life.current, life.last, life.files));
    }
    return new InstanceFacts(
        instance.id,
        instance.order.getNamespace(),
        instance.order.getName(),
        instance.zone.profile.id(),
        instance.offer.type.name(),
        instance.offer.type.milliVcpu(),
        instance.offer.type.memoryMib(),
        instance.phase,
        instance.live(),
        instance.sandboxReady == 0 ? "" : instance.addressText(),
        instance.inside,
        instance.files,
        List.copyOf(containers));
  }

  /** Of those that have not ended, by UID. */
  static Map<String, InstanceFacts> ofLive(Iterable<SimInstance> instances) {
    Map<String, InstanceFacts> facts = new LinkedHashMap<>();
    for (SimInstance instance : instances) {
      if (instance.live()) {
        facts.put(instance.order.getUid(), of(instance));
      }
    }
    return facts;
  }

  public Optional<ContainerFacts> container(String containerName) {
    return containers.stream()
        .filter(container -> container.order().getName().equals(containerName))
        .findFirst();
  }
}
