package io.viking.simulation.cloud;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.sim.core.ContractItems;
import io.viking.adapter.sim.core.CreateOutcome;
import io.viking.adapter.sim.core.DeleteOutcome;
import io.viking.adapter.sim.core.InstanceChange;
import io.viking.adapter.sim.core.SimCloud;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.spec.OrderParser;
import io.viking.adapter.sim.spec.OrderParser.Parsed;
import io.viking.adapter.sim.state.DeleteOrder;
import io.viking.adapter.sim.state.Operate;
import io.viking.adapter.sim.state.Order;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.CreateInstancesResponse;
import io.viking.cloud.v1.DeleteInstance;
import io.viking.cloud.v1.DeleteInstancesRequest;
import io.viking.cloud.v1.DeleteInstancesResponse;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ListInstancesResponse;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.Record;
import io.viking.simulation.Timeline;
import io.viking.simulation.api.Change;
import io.viking.simulation.api.ChangeLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The core of the simulated cloud, the one that {@code viking up} runs, driven by virtual time and
 * spoken to in the contract's messages.
 */
public final class ModelCloud implements CloudServer {
  private static final int KEPT_CHANGES = 1000;

  private final Timeline time;
  private final String cluster;
  private final SimCloud cloud;
  private final OrderParser parser;
  private final CloudWitness witness;
  private final CatalogBoard catalog;
  private final ModelNetwork network;
  private final ChangeLog<Change<Instance>> log = new ChangeLog<>(KEPT_CHANGES);
  private long wakeAt = Long.MAX_VALUE;

  /**
   * @param cluster whose instances these are; a call for another's is an error of the caller
   */
  public ModelCloud(
      Timeline time, String cluster, SimProfile profile, long seed, CloudWitness witness) {
    this.time = time;
    this.cluster = cluster;
    this.cloud = new SimCloud(profile, seed, time.instant());
    this.parser = new OrderParser(profile);
    this.witness = witness;
    this.catalog = new CatalogBoard(time, cloud);
    this.network = new ModelNetwork(time, cluster, profile, cloud.network());
    settle();
  }

  public CatalogBoard catalog() {
    return catalog;
  }

  /** What a watch of instances tells. */
  public ChangeLog<Change<Instance>> log() {
    return log;
  }

  public long revision() {
    return cloud.revision();
  }

  /** All instances of the cluster, ended ones too, oldest first. */
  public List<Instance> list() {
    return cloud.list(cluster, 0, Integer.MAX_VALUE).instances();
  }

  public Optional<Instance> find(String uid) {
    return cloud.find(cluster, uid);
  }

  /** All load balancers of the cluster. */
  public Collection<LoadBalancer> balancers() {
    cloud.advance(time.instant());
    return network.balancers();
  }

  /** All records of the cluster in a zone; none if there is no such zone. */
  public Collection<Record> records(String zone) {
    return network.records(zone).orElse(List.of());
  }

  @Override
  public Message call(String method, Message request) {
    cloud.advance(time.instant());
    Message answer =
        switch (request) {
          case CreateInstancesRequest create -> create(create);
          case DeleteInstancesRequest delete -> delete(delete);
          case ListInstancesRequest list -> named(list);
          default -> network.call(method, request);
        };
    settle();
    return answer;
  }

  /** Somebody deletes an instance in the cloud's console: nothing of ours has asked for it. */
  public void loseInstance(Instance instance) {
    cloud.delete(
        cluster,
        List.of(
            DeleteOrder.newBuilder()
                .setUid(instance.getUid())
                .setAttempt(instance.getAttempt())
                .build()),
        time.instant());
    settle();
  }

  /** Stock, zones, prices. */
  public void operate(Operate.Builder act) {
    cloud.operate(act.setNow(time.millis()).build());
    settle();
  }

  private CreateInstancesResponse create(CreateInstancesRequest request) {
    checkCluster(request.getClusterId());
    var response = CreateInstancesResponse.newBuilder();
    for (InstanceSpec spec : request.getInstancesList()) {
      response.addResults(
          ContractItems.result(spec.getUid(), create(parser.parse(spec)), Failures::item));
    }
    return response.build();
  }

  private CreateOutcome create(Parsed parsed) {
    return switch (parsed) {
      case Parsed.Rejected(var failure) -> new CreateOutcome.Refused(failure);
      case Parsed.Understood(Order order, Map<ByteString, ByteString> contents) -> {
        CreateOutcome outcome =
            cloud
                .create(cluster, List.of(order), new HashMap<>(contents), time.instant())
                .getFirst();
        if (outcome instanceof CreateOutcome.Accepted(Instance instance)) {
          witness.made(order, instance);
        }
        yield outcome;
      }
    };
  }

  private DeleteInstancesResponse delete(DeleteInstancesRequest request) {
    checkCluster(request.getClusterId());
    var orders = new ArrayList<DeleteOrder>();
    for (DeleteInstance item : request.getInstancesList()) {
      witness.deleting(item);
      orders.add(ContractItems.order(item));
    }
    List<DeleteOutcome> outcomes = cloud.delete(cluster, orders, time.instant());
    var response = DeleteInstancesResponse.newBuilder();
    for (int i = 0; i < outcomes.size(); i++) {
      response.addResults(
          ContractItems.result(orders.get(i).getUid(), outcomes.get(i), Failures::item));
    }
    return response.build();
  }

  private ListInstancesResponse named(ListInstancesRequest request) {
    checkCluster(request.getClusterId());
    var response = ListInstancesResponse.newBuilder().setRevision(cloud.revision());
    request.getUidsList().forEach(uid -> find(uid).ifPresent(response::addInstances));
    return response.build();
  }

  private void checkCluster(String asked) {
    if (!asked.equals(cluster)) {
      throw new IllegalStateException("a call for cluster \"" + asked + "\", which is not ours");
    }
  }

  /** After anything has happened: tells of it, and wakes for what comes next. */
  private void settle() {
    cloud.advance(time.instant());
    for (InstanceChange change : cloud.drainChanges()) {
      Instance instance = change.instance();
      if (change.deleted()) {
        witness.removed(instance);
      } else {
        witness.changed(instance);
      }
      log.append(instance.getRevision(), new Change<>(change.deleted(), instance));
    }
    catalog.changed();
    cloud
        .nextDeadline()
        .map(Instant::toEpochMilli)
        .filter(next -> next < wakeAt)
        .ifPresent(
            next -> {
              wakeAt = next;
              time.at(next, this::wake);
            });
  }

  private void wake() {
    if (time.millis() >= wakeAt) {
      wakeAt = Long.MAX_VALUE;
    }
    settle();
  }
}
