package io.viking.syncer.network.loop;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.BackendChange;
import io.viking.cloud.v1.ServerGroup;
import io.viking.syncer.network.lb.BackendKey;
import io.viking.syncer.network.lb.Backends;
import io.viking.syncer.network.lb.Group;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.network.service.Slice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The server groups of one load balancer: what the cloud has in them, as far as is known, and which
 * of them may lack something.
 */
final class ServerGroups {
  private final Map<String, Map<BackendKey, Integer>> known = new HashMap<>();
  private final Set<String> unsettled = new LinkedHashSet<>();

  /** They have to be compared again: these, which should be, and those that are. */
  void unsettle(Map<String, Group> wanted) {
    unsettled.addAll(known.keySet());
    unsettled.addAll(wanted.keySet());
  }

  /** The pods behind a Service have changed. */
  void endpointsChanged(Map<String, Group> wanted, NamespacedName service) {
    wanted.forEach(
        (name, group) -> {
          if (group.service().equals(service)) {
            unsettled.add(name);
          }
        });
  }

  /** The cloud has none any more. */
  void forget() {
    known.clear();
    unsettled.clear();
  }

  /** Groups that no listener names any more went with the change. */
  void retain(Map<String, Group> wanted) {
    known.keySet().retainAll(wanted.keySet());
  }

  /** As a list has them. */
  void listed(List<ServerGroup> groups) {
    known.clear();
    for (ServerGroup group : groups) {
      Map<BackendKey, Integer> backends = new HashMap<>();
      group
          .getBackendsList()
          .forEach(
              one ->
                  backends.put(new BackendKey(one.getAddress(), one.getPort()), one.getWeight()));
      known.put(group.getName(), backends);
    }
  }

  /**
   * What is missing in groups that the cloud has not heard of.
   *
   * @param most changes of one call
   */
  List<BackendChange> prefill(
      Map<String, Group> wanted, Function<NamespacedName, Collection<Slice>> slices, int most) {
    List<BackendChange> changes = new ArrayList<>();
    wanted.forEach(
        (name, group) -> {
          if (!known.containsKey(name)) {
            changes.addAll(
                Backends.delta(name, Map.of(), Backends.of(group, slices.apply(group.service()))));
          }
        });
    return limited(changes, most);
  }

  /**
   * The next changes to make.
   *
   * @param addsAllowed whether groups may grow
   * @param most changes of one call
   */
  List<BackendChange> changes(
      Map<String, Group> wanted,
      Function<NamespacedName, Collection<Slice>> slices,
      boolean addsAllowed,
      int most) {
    return changes(List.copyOf(unsettled), wanted, slices, addsAllowed, most);
  }

  /** The same, for groups that the cloud has and that stay; no group comes or goes. */
  List<BackendChange> follow(
      Map<String, Group> wanted,
      Function<NamespacedName, Collection<Slice>> slices,
      boolean addsAllowed,
      int most) {
    List<String> staying =
        unsettled.stream()
            .filter(name -> known.containsKey(name) && wanted.containsKey(name))
            .toList();
    return changes(staying, wanted, slices, addsAllowed, most);
  }

  private List<BackendChange> changes(
      List<String> names,
      Map<String, Group> wanted,
      Function<NamespacedName, Collection<Slice>> slices,
      boolean addsAllowed,
      int most) {
    List<BackendChange> changes = new ArrayList<>();
    for (String name : names) {
      Map<BackendKey, Integer> has = known.getOrDefault(name, Map.of());
      Group group = wanted.get(name);
      Map<BackendKey, Backend> wants =
          group == null ? Map.of() : Backends.of(group, slices.apply(group.service()));
      List<BackendChange> delta = Backends.delta(name, has, wants);
      if (delta.isEmpty()) {
        unsettled.remove(name);
        if (group == null) {
          known.remove(name);
        }
      }
      for (BackendChange change : delta) {
        if (addsAllowed || change.getRemove() || has.containsKey(key(change))) {
          changes.add(change);
        }
      }
      if (changes.size() >= most) {
        break;
      }
    }
    return limited(changes, most);
  }

  private static List<BackendChange> limited(List<BackendChange> changes, int most) {
    return changes.size() <= most ? changes : List.copyOf(changes.subList(0, most));
  }

  /** The cloud took changes of backends, or refused some. */
  void updated(List<BackendChange> changes, List<Optional<CloudFailure>> failures) {
    for (int i = 0; i < changes.size(); i++) {
      BackendChange change = changes.get(i);
      unsettled.add(change.getServerGroup());
      if (failures.get(i).isEmpty()) {
        var group = known.computeIfAbsent(change.getServerGroup(), _ -> new HashMap<>());
        if (change.getRemove()) {
          group.remove(key(change));
        } else {
          group.put(key(change), change.getBackend().getWeight());
        }
      }
    }
  }

  /** Whether the cloud took changes of backends is not known. */
  void doubted(List<BackendChange> changes) {
    for (BackendChange change : changes) {
      unsettled.add(change.getServerGroup());
      known
          .computeIfAbsent(change.getServerGroup(), _ -> new HashMap<>())
          .put(key(change), Backends.UNKNOWN);
    }
  }

  private static BackendKey key(BackendChange change) {
    return new BackendKey(change.getBackend().getAddress(), change.getBackend().getPort());
  }
}
