package io.viking.adapter.sim;

import com.google.protobuf.ByteString;
import io.viking.adapter.kit.stream.Scope;
import io.viking.adapter.sim.core.Contents;
import io.viking.adapter.sim.core.ContractItems;
import io.viking.adapter.sim.core.CreateOutcome;
import io.viking.adapter.sim.core.DeleteOutcome;
import io.viking.adapter.sim.spec.OrderParser;
import io.viking.adapter.sim.spec.OrderParser.Parsed;
import io.viking.adapter.sim.state.Create;
import io.viking.adapter.sim.state.Delete;
import io.viking.adapter.sim.state.DeleteOrder;
import io.viking.adapter.sim.state.Order;
import io.viking.adapter.sim.state.Record;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.CreateInstancesResponse;
import io.viking.cloud.v1.DeleteInstancesRequest;
import io.viking.cloud.v1.DeleteInstancesResponse;
import io.viking.cloud.v1.InstanceSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Creates and deletes: understood outside the cloud's lock, then done in one command each. */
final class Purchases {
  private final LiveCloud cloud;
  private final Front front;
  private final OrderParser parser;

  Purchases(LiveCloud cloud, Front front, OrderParser parser) {
    this.cloud = cloud;
    this.front = front;
    this.parser = parser;
  }

  CreateInstancesResponse create(CreateInstancesRequest request) {
    String cluster = Scope.require(request.getClusterId());
    InfoEndpoint.checkBatch("instances", request.getInstancesCount(), InfoEndpoint.BATCH_ITEMS);
    List<Parsed> parsed = new ArrayList<>();
    List<Order> orders = new ArrayList<>();
    Map<ByteString, ByteString> contents = new HashMap<>();
    for (InstanceSpec spec : request.getInstancesList()) {
      Parsed item = parser.parse(spec);
      if (item instanceof Parsed.Understood understood) {
        orders.add(front.stocked(understood.order()));
        contents.putAll(understood.contents());
      }
      parsed.add(item);
    }
    Iterator<CreateOutcome> outcomes = buy(cluster, orders, contents).iterator();
    CreateInstancesResponse.Builder response = CreateInstancesResponse.newBuilder();
    for (int i = 0; i < parsed.size(); i++) {
      response.addResults(
          ContractItems.result(
              request.getInstances(i).getUid(),
              switch (parsed.get(i)) {
                case Parsed.Understood ignored -> outcomes.next();
                case Parsed.Rejected rejected -> new CreateOutcome.Refused(rejected.failure());
              },
              failure -> front.item("CreateInstances", failure)));
    }
    return response.build();
  }

  DeleteInstancesResponse delete(DeleteInstancesRequest request) {
    String cluster = Scope.require(request.getClusterId());
    InfoEndpoint.checkBatch("instances", request.getInstancesCount(), InfoEndpoint.BATCH_ITEMS);
    List<DeleteOrder> orders =
        request.getInstancesList().stream().map(ContractItems::order).toList();
    List<DeleteOutcome> outcomes =
        orders.isEmpty()
            ? List.of()
            : cloud.command(
                ignored ->
                    at ->
                        Record.newBuilder()
                            .setDelete(
                                Delete.newBuilder()
                                    .setNow(at.toEpochMilli())
                                    .setCluster(cluster)
                                    .addAllOrders(orders))
                            .build(),
                now -> at -> now.delete(cluster, orders, at));
    DeleteInstancesResponse.Builder response = DeleteInstancesResponse.newBuilder();
    for (int i = 0; i < outcomes.size(); i++) {
      response.addResults(
          ContractItems.result(
              orders.get(i).getUid(),
              outcomes.get(i),
              failure -> front.item("DeleteInstances", failure)));
    }
    return response.build();
  }

  private List<CreateOutcome> buy(
      String cluster, List<Order> orders, Map<ByteString, ByteString> contents) {
    if (orders.isEmpty()) {
      return List.of();
    }
    return cloud.command(
        now ->
            at ->
                Record.newBuilder()
                    .setCreate(
                        Create.newBuilder()
                            .setNow(at.toEpochMilli())
                            .setCluster(cluster)
                            .addAllOrders(orders)
                            .addAllBlobs(Contents.blobs(now.contents().missing(contents))))
                    .build(),
        now -> at -> now.create(cluster, orders, contents, at));
  }
}
