package io.viking.adapter.sim.network.lb;

import io.viking.adapter.sim.state.GroupState;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.ServerGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A server group. Mutated inside this package. */
final class Group {
  private record Place(String address, int port) {}

  final String name;
  private final Map<Place, Backend> backends = new LinkedHashMap<>();

  /** While it takes its last change it takes no other. */
  long registeringUntil;

  Group(String name) {
    this.name = name;
  }

  static Group restore(GroupState state) {
    Group group = new Group(state.getGroup().getName());
    state.getGroup().getBackendsList().forEach(group::put);
    group.registeringUntil = state.getRegisteringUntil();
    return group;
  }

  GroupState save() {
    return GroupState.newBuilder().setGroup(view()).setRegisteringUntil(registeringUntil).build();
  }

  ServerGroup view() {
    return ServerGroup.newBuilder().setName(name).addAllBackends(backends.values()).build();
  }

  List<Backend> backends() {
    return List.copyOf(backends.values());
  }

  int size() {
    return backends.size();
  }

  boolean has(Backend backend) {
    return backends.containsKey(place(backend));
  }

  boolean hasExactly(Backend backend) {
    return backend.equals(backends.get(place(backend)));
  }

  void put(Backend backend) {
    backends.put(place(backend), backend);
  }

  void remove(Backend backend) {
    backends.remove(place(backend));
  }

  private static Place place(Backend backend) {
    return new Place(backend.getAddress(), backend.getPort());
  }
}
