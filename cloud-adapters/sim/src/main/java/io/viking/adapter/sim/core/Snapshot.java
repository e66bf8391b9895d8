package io.viking.adapter.sim.core;

import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.state.Blob;
import io.viking.adapter.sim.state.BucketState;
import io.viking.adapter.sim.state.FenceState;
import io.viking.adapter.sim.state.Header;
import io.viking.adapter.sim.state.InstanceState;
import io.viking.adapter.sim.state.MeterState;
import io.viking.adapter.sim.state.OfferState;
import io.viking.adapter.sim.state.Record;
import io.viking.adapter.sim.state.SnapshotEnd;
import io.viking.adapter.sim.state.VSwitchState;
import io.viking.adapter.sim.state.ZoneState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A cloud's whole state as records, and back. */
record Snapshot(
    Header header,
    List<OfferState> offers,
    List<ZoneState> zones,
    List<VSwitchState> vswitches,
    List<MeterState> meters,
    List<FenceState> fences,
    List<Blob> blobs,
    List<InstanceState> states,
    List<Record> network) {
  static final int FORMAT = 1;

  static Header.Builder header(SimProfile profile, long seed) {
    return Header.newBuilder().setFormat(FORMAT).setSeed(seed).setProfileYaml(profile.yaml());
  }

  static Snapshot empty(SimProfile profile, long seed, long now) {
    BucketState full =
        BucketState.newBuilder().setMicroTokens(Long.MAX_VALUE).setFilled(now).build();
    Header header =
        header(profile, seed)
            .setNow(now)
            .setRevision(1)
            .setRandomState(SplitMix.mix(seed))
            .setNextSerial(1)
            .setNextMarket(
                profile.spot().enabled()
                    ? now + profile.spot().intervalMillis()
                    : SimInstance.NEVER)
            .setCreateBucket(full)
            .setDeleteBucket(full)
            .build();
    MeterState account = MeterState.newBuilder().setAccrued(now).build();
    return new Snapshot(
        header,
        List.of(),
        List.of(),
        List.of(),
        List.of(account),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  static List<Record> write(
      Header header,
      Inventory inventory,
      List<MeterState> meters,
      List<FenceState> fences,
      List<Blob> blobs,
      List<SimInstance> instances,
      List<Record> network) {
    List<Record> records = new ArrayList<>();
    records.add(Record.newBuilder().setHeader(header).build());
    for (SimZone zone : inventory.zones.values()) {
      records.add(
          Record.newBuilder()
              .setZone(
                  ZoneState.newBuilder()
                      .setZone(zone.profile.id())
                      .setAvailable(zone.available)
                      .addAllCachedImages(zone.images()))
              .build());
      for (AddressPool pool : zone.pools.values()) {
        records.add(
            Record.newBuilder()
                .setVswitch(
                    VSwitchState.newBuilder().setId(pool.profile.id()).setCursor(pool.cursor()))
                .build());
      }
    }
    for (Offer offer : inventory.allOffers()) {
      records.add(
          Record.newBuilder()
              .setOffer(
                  OfferState.newBuilder()
                      .setZone(offer.zone)
                      .setType(offer.type.name())
                      .setLimit(offer.limit)
                      .setSpotPpm(offer.spotPpm))
              .build());
    }
    meters.forEach(meter -> records.add(Record.newBuilder().setMeter(meter).build()));
    fences.forEach(fence -> records.add(Record.newBuilder().setFence(fence).build()));
    blobs.forEach(blob -> records.add(Record.newBuilder().setBlob(blob).build()));
    instances.forEach(i -> records.add(Record.newBuilder().setInstance(i.save()).build()));
    records.addAll(network);
    records.add(Record.newBuilder().setEnd(SnapshotEnd.getDefaultInstance()).build());
    return records;
  }

  static Snapshot read(List<Record> records) {
    Header header = Header.getDefaultInstance();
    List<OfferState> offers = new ArrayList<>();
    List<ZoneState> zones = new ArrayList<>();
    List<VSwitchState> vswitches = new ArrayList<>();
    List<MeterState> meters = new ArrayList<>();
    List<FenceState> fences = new ArrayList<>();
    List<Blob> blobs = new ArrayList<>();
    List<InstanceState> instances = new ArrayList<>();
    List<Record> network = new ArrayList<>();
    for (Record record : records) {
      switch (record.getKindCase()) {
        case HEADER -> header = record.getHeader();
        case OFFER -> offers.add(record.getOffer());
        case ZONE -> zones.add(record.getZone());
        case VSWITCH -> vswitches.add(record.getVswitch());
        case METER -> meters.add(record.getMeter());
        case FENCE -> fences.add(record.getFence());
        case BLOB -> blobs.add(record.getBlob());
        case INSTANCE -> instances.add(record.getInstance());
        case NETWORK, LOAD_BALANCER, ZONE_OF_RECORDS -> network.add(record);
        case END -> {}
        case CREATE, DELETE, OPERATE, UPDATE, NETWORK_COMMAND, KIND_NOT_SET ->
            throw new SnapshotException(record.getKindCase() + " stands inside a snapshot");
      }
    }
    if (header.getFormat() != FORMAT) {
      throw new SnapshotException(
          "the simulated cloud's state has format "
              + header.getFormat()
              + ", this version reads "
              + FORMAT
              + ": use the version that wrote it, or begin anew with an empty directory");
    }
    return new Snapshot(
        header, offers, zones, vswitches, meters, fences, blobs, instances, network);
  }

  void applyTo(Inventory inventory, Fences kept) {
    zones.forEach(inventory::restore);
    offers.forEach(inventory::restore);
    fences.forEach(kept::restore);
  }

  /** In the order of their making. */
  List<SimInstance> instances(Inventory inventory) {
    return states.stream().map(state -> instance(state, inventory)).toList();
  }

  /** After all addresses are claimed. */
  void restoreCursors(Inventory inventory) {
    for (VSwitchState state : vswitches) {
      for (SimZone zone : inventory.zones.values()) {
        Optional.ofNullable(zone.pools.get(state.getId()))
            .ifPresent(pool -> pool.cursor(state.getCursor()));
      }
    }
  }

  private static SimInstance instance(InstanceState state, Inventory inventory) {
    SimZone zone =
        inventory.zone(state.getZone()).orElseThrow(() -> missing(state, "zone", state.getZone()));
    Offer offer =
        Optional.ofNullable(zone.offers.get(state.getType()))
            .orElseThrow(() -> missing(state, "instance type", state.getType()));
    AddressPool pool =
        Optional.ofNullable(zone.pools.get(state.getVswitch()))
            .orElseThrow(() -> missing(state, "vSwitch", state.getVswitch()));
    SimInstance instance =
        new SimInstance(
            new SimInstance.Deal(
                state.getSerial(),
                state.getCluster(),
                state.getOrder(),
                state.getId(),
                zone,
                offer,
                pool,
                state.getAddress(),
                state.getPriceNanos(),
                state.getSpot(),
                state.getCreated(),
                state.getSandboxDue()));
    instance.restore(state);
    return instance;
  }

  private static SnapshotException missing(InstanceState state, String what, String name) {
    return new SnapshotException(
        "instance "
            + state.getId()
            + " runs in "
            + what
            + " "
            + name
            + ", which the profile does not have (any more): put it back, or delete the instance"
            + " under the profile that has it");
  }
}
