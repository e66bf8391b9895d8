package io.viking.syncer.network.loop;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.BackendChange;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.LoadBalancerState;
import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.RecordChange;
import io.viking.cloud.v1.RecordType;
import io.viking.cloud.v1.ServerGroup;
import io.viking.syncer.network.dns.DnsRecord;
import io.viking.syncer.network.lb.BackendKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** The contract's load balancers and DNS in memory: what is ours in it, by key and by id. */
final class ModelCloud {
  static final Set<String> BROUGHT = Set.of("lb-brought1", "lb-brought2");

  /** A load balancer, or what is ours on a brought one. */
  static final class Balancer {
    final String cloudId;
    LoadBalancerSpec spec = LoadBalancerSpec.getDefaultInstance();
    int looksUntilActive;
    final Map<String, Map<BackendKey, Backend>> groups = new TreeMap<>();

    Balancer(String cloudId) {
      this.cloudId = cloudId;
    }
  }

  final Map<LoadBalancerRef, Balancer> balancers = new LinkedHashMap<>();
  final Map<String, Map<DnsRecord.Key, Integer>> zones = new LinkedHashMap<>();

  /** Changes of records that one call is given; more are throttled. */
  int recordsPerCall = Integer.MAX_VALUE;

  /** Records of others, which can neither be added to ours nor removed. */
  final Set<DnsRecord.Key> foreign = new HashSet<>();

  /** Ports of others' listeners, which no load balancer of ours gets. */
  final Set<Integer> foreignPorts = new HashSet<>();

  /** Full groups refuse what would be added. */
  int mostBackends = 1000;

  final Map<String, Integer> calls = new TreeMap<>();
  private final Random random;
  private int serial;

  ModelCloud(Random random) {
    this.random = random;
  }

  /** Does what the effect asks for, as the adapter would. */
  NetworkEvent call(NetworkEffect effect) {
    calls.merge(effect.getClass().getSimpleName(), 1, Integer::sum);
    return switch (effect) {
      case NetworkEffect.ListBalancers(long call) ->
          new NetworkEvent.BalancersListed(
              call,
              balancers.entrySet().stream().map(e -> message(e.getKey(), e.getValue())).toList());
      case NetworkEffect.OpenZone(long call, String zone, boolean makes) -> {
        if (makes) {
          zones.computeIfAbsent(zone, _ -> new LinkedHashMap<>());
        }
        Map<DnsRecord.Key, Integer> there = zones.get(zone);
        if (there == null) {
          yield failure(call, ErrorReason.ERROR_REASON_NOT_FOUND);
        }
        List<Record> records = new ArrayList<>();
        there.forEach((key, ttl) -> records.add(new DnsRecord(key, ttl).message()));
        yield new NetworkEvent.RecordsListed(call, records);
      }
      case NetworkEffect.Ensure(long call, LoadBalancerSpec spec) -> ensure(call, spec);
      case NetworkEffect.UpdateBackends(long call, var ref, var changes) ->
          update(call, ref, changes);
      case NetworkEffect.Delete(long call, LoadBalancerRef ref) -> {
        balancers.remove(ref);
        yield new NetworkEvent.BalancerDeleted(call);
      }
      case NetworkEffect.ApplyRecords(long call, String zone, var changes) ->
          apply(call, zone, changes);
      case NetworkEffect.Write _, NetworkEffect.LookUp _, NetworkEffect.TellUser _ ->
          throw new IllegalStateException("not the cloud's: " + effect);
    };
  }

  private NetworkEvent ensure(long call, LoadBalancerSpec spec) {
    if (spec.getRef().hasBroughtId() && !BROUGHT.contains(spec.getRef().getBroughtId())) {
      return failure(call, ErrorReason.ERROR_REASON_NOT_FOUND);
    }
    Set<String> certificates = new HashSet<>();
    spec.getCertificatesList().forEach(one -> certificates.add(one.getName()));
    Set<String> named = new HashSet<>();
    for (var listener : spec.getListenersList()) {
      if (foreignPorts.contains(listener.getPort())) {
        return failure(call, ErrorReason.ERROR_REASON_FOREIGN);
      }
      if (!certificates.containsAll(listener.getCertificatesList())) {
        return failure(call, ErrorReason.ERROR_REASON_INVALID_SPEC);
      }
      named.add(listener.getDefaultServerGroup());
      listener
          .getRulesList()
          .forEach(rule -> rule.getForwardList().forEach(to -> named.add(to.getServerGroup())));
    }
    Balancer balancer = balancers.get(spec.getRef());
    if (balancer == null) {
      balancer = new Balancer("lb-" + ++serial);
      balancer.looksUntilActive = random.nextInt(3);
      balancers.put(spec.getRef(), balancer);
    }
    balancer.spec = spec;
    balancer.groups.keySet().retainAll(named);
    balancer.looksUntilActive--;
    return new NetworkEvent.Ensured(call, message(spec.getRef(), balancer));
  }

  private NetworkEvent update(long call, LoadBalancerRef ref, List<BackendChange> changes) {
    Balancer balancer = balancers.get(ref);
    if (balancer == null) {
      return failure(call, ErrorReason.ERROR_REASON_NOT_FOUND);
    }
    List<Optional<CloudFailure>> failures = new ArrayList<>();
    for (BackendChange change : changes) {
      var key = new BackendKey(change.getBackend().getAddress(), change.getBackend().getPort());
      Map<BackendKey, Backend> group = balancer.groups.get(change.getServerGroup());
      if (change.getRemove()) {
        if (group != null) {
          group.remove(key);
        }
        failures.add(Optional.empty());
        continue;
      }
      if (group == null) {
        group = new LinkedHashMap<>();
        balancer.groups.put(change.getServerGroup(), group);
      }
      if (!group.containsKey(key) && group.size() >= mostBackends) {
        failures.add(Optional.of(CloudFailure.of(ErrorReason.ERROR_REASON_QUOTA_EXCEEDED, "full")));
      } else {
        group.put(key, change.getBackend());
        failures.add(Optional.empty());
      }
    }
    return new NetworkEvent.ChangesAnswered(call, failures);
  }

  private NetworkEvent apply(long call, String zone, List<RecordChange> changes) {
    Map<DnsRecord.Key, Integer> records = zones.get(zone);
    if (records == null) {
      return failure(call, ErrorReason.ERROR_REASON_NOT_FOUND);
    }
    List<Optional<CloudFailure>> failures = new ArrayList<>();
    int room = recordsPerCall;
    for (RecordChange change : changes) {
      if (room-- <= 0) {
        failures.add(Optional.of(CloudFailure.of(ErrorReason.ERROR_REASON_THROTTLED, "too many")));
        continue;
      }
      DnsRecord record = DnsRecord.listed(zone, change.getRecord());
      if (change.getRemove()) {
        records.remove(record.key());
        failures.add(Optional.empty());
      } else if (foreign.contains(record.key())) {
        failures.add(Optional.of(CloudFailure.of(ErrorReason.ERROR_REASON_FOREIGN, "theirs")));
      } else if (isInTheWay(records, record.key())) {
        failures.add(
            Optional.of(
                CloudFailure.of(ErrorReason.ERROR_REASON_INVALID_SPEC, "CNAME beside others")));
      } else {
        records.put(record.key(), record.ttl());
        failures.add(Optional.empty());
      }
    }
    return new NetworkEvent.ChangesAnswered(call, failures);
  }

  private static boolean isInTheWay(Map<DnsRecord.Key, Integer> records, DnsRecord.Key added) {
    boolean cname = added.type() == RecordType.RECORD_TYPE_CNAME;
    return records.keySet().stream()
        .anyMatch(
            one ->
                one.name().equals(added.name())
                    && !one.equals(added)
                    && (cname || one.type() == RecordType.RECORD_TYPE_CNAME));
  }

  static NetworkEvent failure(long call, ErrorReason reason) {
    return new NetworkEvent.CallFailed(call, CloudFailure.of(reason, "model"));
  }

  private static LoadBalancer message(LoadBalancerRef ref, Balancer balancer) {
    var message =
        LoadBalancer.newBuilder()
            .setRef(ref)
            .setCloudId(balancer.cloudId)
            .setName(balancer.spec.getName())
            .setState(
                balancer.looksUntilActive > 0
                    ? LoadBalancerState.LOAD_BALANCER_STATE_CONFIGURING
                    : LoadBalancerState.LOAD_BALANCER_STATE_ACTIVE)
            .addAddresses("47.1.0." + Math.floorMod(balancer.cloudId.hashCode(), 250))
            .addAllListeners(balancer.spec.getListenersList())
            .putAllTags(balancer.spec.getTagsMap());
    balancer.groups.forEach(
        (name, backends) ->
            message.addServerGroups(
                ServerGroup.newBuilder().setName(name).addAllBackends(backends.values())));
    return message.build();
  }
}
