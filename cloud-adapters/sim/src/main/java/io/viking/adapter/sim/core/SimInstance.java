package io.viking.adapter.sim.core;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.state.ContainerOrder;
import io.viking.adapter.sim.state.InstanceState;
import io.viking.adapter.sim.state.Order;
import io.viking.cloud.v1.InstancePhase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One instance. Times are milliseconds of the epoch, 0: not yet. Mutated inside this package. */
final class SimInstance {
  static final long NEVER = Long.MAX_VALUE;

  final long serial;
  final String cluster;
  final Order order;
  final String id;
  final SimZone zone;
  final Offer offer;
  final AddressPool pool;
  final int address;
  final long priceNanos;
  final boolean spot;

  /** The highest spot price at which it stays; NEVER: any. */
  final long bid;

  final long created;
  final long sandboxDue;
  final long protectedUntil;
  final List<ContainerLife> containers;

  long sandboxReady;
  long started;
  long ended;
  long stopped;
  long kill;
  long reclaimAsked;
  long reclaim;
  InstancePhase phase = InstancePhase.INSTANCE_PHASE_PENDING;
  String reason = "";
  String message = "";
  long revision;

  /** A Files: what its volumes hold now. */
  ByteString files = ByteString.EMPTY;

  /** Hash of its Inside; empty: it has ended, or is older than such things. */
  ByteString inside = ByteString.EMPTY;

  /** Its place in the timer queue; NEVER: it stands in none. */
  long due = NEVER;

  boolean removed;

  /** What is settled once, at the create. */
  record Deal(
      long serial,
      String cluster,
      Order order,
      String id,
      SimZone zone,
      Offer offer,
      AddressPool pool,
      int address,
      long priceNanos,
      boolean spot,
      long created,
      long sandboxDue) {}

  SimInstance(Deal deal) {
    serial = deal.serial;
    cluster = deal.cluster;
    order = deal.order;
    id = deal.id;
    zone = deal.zone;
    offer = deal.offer;
    pool = deal.pool;
    address = deal.address;
    priceNanos = deal.priceNanos;
    spot = deal.spot;
    created = deal.created;
    sandboxDue = deal.sandboxDue;
    bid = spot && order.getSpotLimitNanos() >= 0 ? order.getSpotLimitNanos() : NEVER;
    protectedUntil = spot ? created + order.getSpotProtectionMillis() : NEVER;
    List<ContainerLife> lives = new ArrayList<>(order.getContainersCount());
    for (ContainerOrder container : order.getContainersList()) {
      lives.add(new ContainerLife(container));
    }
    containers = List.copyOf(lives);
  }

  boolean live() {
    return ended == 0;
  }

  boolean stopping() {
    return stopped != 0;
  }

  boolean billed() {
    return live() && sandboxReady != 0;
  }

  String addressText() {
    return pool.address(address);
  }

  /** When something happens next by itself. */
  long nextDue() {
    if (!live()) {
      return NEVER;
    }
    long next = sandboxReady == 0 ? sandboxDue : NEVER;
    if (reclaim != 0) {
      next = Math.min(next, reclaim);
    }
    for (ContainerLife container : containers) {
      next = Math.min(next, container.due);
    }
    return next;
  }

  InstanceState save() {
    InstanceState.Builder state =
        InstanceState.newBuilder()
            .setSerial(serial)
            .setCluster(cluster)
            .setOrder(order)
            .setId(id)
            .setZone(zone.profile.id())
            .setVswitch(pool.profile.id())
            .setAddress(address)
            .setType(offer.type.name())
            .setPriceNanos(priceNanos)
            .setSpot(spot)
            .setCreated(created)
            .setSandboxDue(sandboxDue)
            .setSandboxReady(sandboxReady)
            .setStarted(started)
            .setEnded(ended)
            .setStopped(stopped)
            .setKill(kill)
            .setReclaimAsked(reclaimAsked)
            .setReclaim(reclaim)
            .setProtectedUntil(protectedUntil)
            .setPhase(phase.getNumber())
            .setReason(reason)
            .setMessage(message)
            .setRevision(revision);
    if (live() && !files.equals(order.getFiles())) {
      state.setFiles(files);
    }
    containers.forEach(container -> state.addContainers(container.save()));
    return state.build();
  }

  void restore(InstanceState state) {
    sandboxReady = state.getSandboxReady();
    started = state.getStarted();
    ended = state.getEnded();
    stopped = state.getStopped();
    kill = state.getKill();
    reclaimAsked = state.getReclaimAsked();
    reclaim = state.getReclaim();
    phase =
        Optional.ofNullable(InstancePhase.forNumber(state.getPhase()))
            .orElse(InstancePhase.INSTANCE_PHASE_RUNNING);
    reason = state.getReason();
    message = state.getMessage();
    revision = state.getRevision();
    files = state.hasFiles() ? state.getFiles() : order.getFiles();
    for (int i = 0; i < containers.size(); i++) {
      containers.get(i).restore(state.getContainers(i));
    }
  }
}
