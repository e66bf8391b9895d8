package io.viking.adapter.sim.network;

import com.google.common.hash.Hashing;
import io.viking.adapter.sim.network.dns.PrivateZones;
import io.viking.adapter.sim.network.lb.LoadBalancers;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.state.BucketState;
import io.viking.adapter.sim.state.NetworkCommand;
import io.viking.adapter.sim.state.NetworkState;
import io.viking.adapter.sim.state.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Load balancers and private zones of one account. Deterministic: the state follows from the
 * profile, the seed and the commands. One thread.
 */
public final class Network {
  /** Digits of 64 bits in base 36. */
  private static final int DIGITS = 13;

  private final LoadBalancers loadBalancers;
  private final PrivateZones zones;
  private final long seed;
  private long nextSerial;

  private Network(SimProfile profile, long seed, RandomGenerator random, NetworkState state) {
    this.seed = seed;
    this.nextSerial = state.getNextSerial();
    this.loadBalancers =
        new LoadBalancers(
            profile.network().loadBalancers(),
            profile.region(),
            random,
            this::newId,
            state.getLoadBalancerWrites());
    this.zones = new PrivateZones(profile.network().dns(), this::newId, state.getRecordWrites());
  }

  /**
   * The network that {@link #snapshot} described; an empty one if it described none.
   *
   * @param records those of the network alone
   * @param now for buckets that nothing was taken from
   */
  public static Network restore(
      SimProfile profile, long seed, RandomGenerator random, List<Record> records, long now) {
    BucketState full =
        BucketState.newBuilder().setMicroTokens(Long.MAX_VALUE).setFilled(now).build();
    NetworkState state =
        records.stream()
            .filter(Record::hasNetwork)
            .map(Record::getNetwork)
            .findFirst()
            .orElse(
                NetworkState.newBuilder()
                    .setNextSerial(1)
                    .setLoadBalancerWrites(full)
                    .setRecordWrites(full)
                    .build());
    Network network = new Network(profile, seed, random, state);
    for (Record record : records) {
      if (record.hasLoadBalancer()) {
        network.loadBalancers.restore(record.getLoadBalancer());
      } else if (record.hasZoneOfRecords()) {
        network.zones.restore(record.getZoneOfRecords());
      }
    }
    return network;
  }

  /** Everything that {@link #restore} needs. */
  public List<Record> snapshot() {
    List<Record> records = new ArrayList<>();
    records.add(
        Record.newBuilder()
            .setNetwork(
                NetworkState.newBuilder()
                    .setNextSerial(nextSerial)
                    .setLoadBalancerWrites(loadBalancers.saveWrites())
                    .setRecordWrites(zones.saveWrites()))
            .build());
    loadBalancers
        .save()
        .forEach(state -> records.add(Record.newBuilder().setLoadBalancer(state).build()));
    zones.save().forEach(state -> records.add(Record.newBuilder().setZoneOfRecords(state).build()));
    return List.copyOf(records);
  }

  public LoadBalancers loadBalancers() {
    return loadBalancers;
  }

  public PrivateZones zones() {
    return zones;
  }

  /** Does a command again that was journalled. */
  public void replay(NetworkCommand command) {
    String cluster = command.getCluster();
    long now = command.getNow();
    switch (command.getActCase()) {
      case ENSURE_LOAD_BALANCER ->
          loadBalancers.ensure(cluster, command.getEnsureLoadBalancer(), now);
      case CHANGE_BACKENDS ->
          loadBalancers.change(
              cluster,
              command.getChangeBackends().getRef(),
              command.getChangeBackends().getChangesList(),
              now);
      case DELETE_LOAD_BALANCER ->
          loadBalancers.delete(cluster, command.getDeleteLoadBalancer(), now);
      case ENSURE_ZONE -> zones.ensure(cluster, command.getEnsureZone(), now);
      case CHANGE_RECORDS ->
          zones.change(
              cluster,
              command.getChangeRecords().getZone(),
              command.getChangeRecords().getChangesList(),
              now);
      case DELETE_ZONE -> zones.delete(cluster, command.getDeleteZone(), now);
      case MAKE_LOAD_BALANCER -> loadBalancers.byHand().make(command.getMakeLoadBalancer());
      case SET_LISTENER -> loadBalancers.byHand().set(command.getSetListener());
      case REMOVE_LOAD_BALANCER -> loadBalancers.byHand().remove(command.getRemoveLoadBalancer());
      case STOP_LOAD_BALANCER ->
          loadBalancers
              .byHand()
              .stop(
                  command.getStopLoadBalancer().getCloudId(),
                  command.getStopLoadBalancer().getStopped());
      case SET_RECORD -> zones.set(command.getSetRecord());
      case ACT_NOT_SET -> {}
    }
  }

  /** Looks random, and each serial of a seed has its own. */
  private String newId(String prefix) {
    String digits =
        Long.toUnsignedString(
            Hashing.sipHash24(seed, 0).hashLong(nextSerial++).asLong(), Character.MAX_RADIX);
    return prefix + "sim" + "0".repeat(DIGITS - digits.length()) + digits;
  }
}
