package io.viking.adapter.sim;

import io.grpc.stub.StreamObserver;
import io.viking.adapter.kit.stream.Conversation;
import io.viking.adapter.kit.stream.Outlet;
import io.viking.adapter.kit.stream.Scope;
import io.viking.adapter.sim.profile.FaultRule.Operation;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.CreateInstancesResponse;
import io.viking.cloud.v1.DeleteInstancesRequest;
import io.viking.cloud.v1.DeleteInstancesResponse;
import io.viking.cloud.v1.ExecRequest;
import io.viking.cloud.v1.ExecResponse;
import io.viking.cloud.v1.GetUsageRequest;
import io.viking.cloud.v1.GetUsageResponse;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceImplBase;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ListInstancesResponse;
import io.viking.cloud.v1.PortForwardRequest;
import io.viking.cloud.v1.PortForwardResponse;
import io.viking.cloud.v1.ReadLogsRequest;
import io.viking.cloud.v1.ReadLogsResponse;
import io.viking.cloud.v1.UpdateFilesRequest;
import io.viking.cloud.v1.UpdateFilesResponse;
import io.viking.cloud.v1.WatchInstancesRequest;
import io.viking.cloud.v1.WatchInstancesResponse;
import java.util.concurrent.Executor;

/** Instances over gRPC: each method in a class of its own kind, behind the {@link Front}. */
final class InstanceEndpoint extends InstanceServiceImplBase {
  private final LiveCloud cloud;
  private final Front front;
  private final Executor executor;
  private final Purchases purchases;
  private final Listing listing;
  private final LogReader logs;
  private final Insight insight;
  private final FileChanges files;
  private final Executions executions;
  private final PortForwards forwards;

  InstanceEndpoint(
      LiveCloud cloud, Front front, Executor executor, Purchases purchases, Sandboxes sandboxes) {
    this.cloud = cloud;
    this.front = front;
    this.executor = executor;
    this.purchases = purchases;
    this.listing = new Listing(cloud);
    this.logs = new LogReader(cloud);
    this.insight = new Insight(cloud);
    this.files = new FileChanges(cloud, front, sandboxes);
    this.executions = new Executions(sandboxes, logs, executor);
    this.forwards = new PortForwards(sandboxes);
  }

  @Override
  public void createInstances(
      CreateInstancesRequest request, StreamObserver<CreateInstancesResponse> caller) {
    front.unary(Operation.CREATE, "CreateInstances", caller, () -> purchases.create(request));
  }

  @Override
  public void deleteInstances(
      DeleteInstancesRequest request, StreamObserver<DeleteInstancesResponse> caller) {
    front.unary(Operation.DELETE, "DeleteInstances", caller, () -> purchases.delete(request));
  }

  @Override
  public void listInstances(
      ListInstancesRequest request, StreamObserver<ListInstancesResponse> caller) {
    front.unary(Operation.LIST, "ListInstances", caller, () -> listing.list(request));
  }

  @Override
  public void watchInstances(
      WatchInstancesRequest request, StreamObserver<WatchInstancesResponse> caller) {
    front.stream(
        Operation.WATCH,
        "WatchInstances",
        () -> {
          Scope.require(request.getClusterId());
          cloud.instanceChanges.watch(request, caller);
        });
  }

  @Override
  public void updateFiles(UpdateFilesRequest request, StreamObserver<UpdateFilesResponse> caller) {
    front.unary(Operation.UPDATE_FILES, "UpdateFiles", caller, () -> files.update(request));
  }

  @Override
  public void getUsage(GetUsageRequest request, StreamObserver<GetUsageResponse> caller) {
    front.unary(Operation.USAGE, "GetUsage", caller, () -> insight.usage(request));
  }

  @Override
  public void readLogs(ReadLogsRequest request, StreamObserver<ReadLogsResponse> caller) {
    front.stream(
        Operation.LOGS,
        "ReadLogs",
        () -> {
          LogReader.Reading reading = logs.begin(request);
          Outlet.serve(caller, executor, reading::writeTo);
        });
  }

  @Override
  public StreamObserver<ExecRequest> execInstance(StreamObserver<ExecResponse> caller) {
    return front.conversation(
        Operation.EXEC,
        "ExecInstance",
        () -> Conversation.serve(caller, executor, executions::exec));
  }

  @Override
  public StreamObserver<ExecRequest> attachInstance(StreamObserver<ExecResponse> caller) {
    return front.conversation(
        Operation.EXEC,
        "AttachInstance",
        () -> Conversation.serve(caller, executor, executions::attach));
  }

  @Override
  public StreamObserver<PortForwardRequest> portForward(
      StreamObserver<PortForwardResponse> caller) {
    return front.conversation(
        Operation.EXEC,
        "PortForward",
        () -> Conversation.serve(caller, executor, forwards::forward));
  }
}
