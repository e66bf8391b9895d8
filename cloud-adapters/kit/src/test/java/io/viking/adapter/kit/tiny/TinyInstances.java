package io.viking.adapter.kit.tiny;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.kit.stream.Outlet;
import io.viking.adapter.kit.stream.Page;
import io.viking.adapter.kit.stream.Scope;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.CreateInstanceResult;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.CreateInstancesResponse;
import io.viking.cloud.v1.DeleteInstancesRequest;
import io.viking.cloud.v1.DeleteInstancesResponse;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceImplBase;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ListInstancesResponse;
import io.viking.cloud.v1.ReadLogsRequest;
import io.viking.cloud.v1.ReadLogsResponse;
import io.viking.cloud.v1.UpdateFiles;
import io.viking.cloud.v1.UpdateFilesRequest;
import io.viking.cloud.v1.UpdateFilesResponse;
import io.viking.cloud.v1.UpdateFilesResult;
import io.viking.cloud.v1.WatchInstancesRequest;
import io.viking.cloud.v1.WatchInstancesResponse;
import java.util.concurrent.Executor;

/** The service: reads requests, asks the pool, answers item by item. Decides nothing itself. */
final class TinyInstances extends InstanceServiceImplBase {
  private final TinyPool pool;
  private final TinyCatalog catalog;
  private final Executor executor;

  TinyInstances(TinyPool pool, TinyCatalog catalog, Executor executor) {
    this.pool = pool;
    this.catalog = catalog;
    this.executor = executor;
  }

  @Override
  public void createInstances(
      CreateInstancesRequest request, StreamObserver<CreateInstancesResponse> caller) {
    String clusterId = Scope.require(request.getClusterId());
    withinLimit("instances", request.getInstancesCount());
    var answer = CreateInstancesResponse.newBuilder();
    request.getInstancesList().forEach(spec -> answer.addResults(create(clusterId, spec)));
    caller.onNext(answer.build());
    caller.onCompleted();
  }

  @Override
  public void deleteInstances(
      DeleteInstancesRequest request, StreamObserver<DeleteInstancesResponse> caller) {
    String clusterId = Scope.require(request.getClusterId());
    withinLimit("instances", request.getInstancesCount());
    var answer = DeleteInstancesResponse.newBuilder();
    request.getInstancesList().forEach(item -> answer.addResults(pool.delete(clusterId, item)));
    caller.onNext(answer.build());
    caller.onCompleted();
  }

  @Override
  public void listInstances(
      ListInstancesRequest request, StreamObserver<ListInstancesResponse> caller) {
    Scope.require(request.getClusterId());
    Page<Instance> page = pool.list(request);
    caller.onNext(
        ListInstancesResponse.newBuilder()
            .addAllInstances(page.items())
            .setNextPageToken(page.nextToken())
            .setRevision(page.revision())
            .build());
    caller.onCompleted();
  }

  @Override
  public void watchInstances(
      WatchInstancesRequest request, StreamObserver<WatchInstancesResponse> caller) {
    pool.changes().watch(request, caller);
  }

  @Override
  public void updateFiles(UpdateFilesRequest request, StreamObserver<UpdateFilesResponse> caller) {
    String clusterId = Scope.require(request.getClusterId());
    withinLimit("updates", request.getUpdatesCount());
    var answer = UpdateFilesResponse.newBuilder();
    for (UpdateFiles update : request.getUpdatesList()) {
      var result = UpdateFilesResult.newBuilder().setUid(update.getUid());
      if (!pool.update(clusterId, update.getUid(), update.getVolumesList())) {
        result.setFailure(Failures.item(unknown(update.getUid())));
      }
      answer.addResults(result);
    }
    caller.onNext(answer.build());
    caller.onCompleted();
  }

  @Override
  public void readLogs(ReadLogsRequest request, StreamObserver<ReadLogsResponse> caller) {
    TinyInstance instance =
        pool.find(Scope.require(request.getClusterId()), request.getUid())
            .filter(found -> found.has(request.getContainer()))
            .orElseThrow(() -> Failures.exception(unknown(request.getUid())));
    if (request.getPrevious()) {
      throw Failures.exception(
          ErrorReason.ERROR_REASON_UNSUPPORTED, "The pool keeps no previous logs.");
    }
    Outlet.serve(caller, executor, outlet -> TinyLog.write(instance, request, outlet));
  }

  private CreateInstanceResult create(String clusterId, InstanceSpec spec) {
    try {
      return pool.create(clusterId, TinyOrder.of(spec), catalog);
    } catch (StatusRuntimeException refused) {
      return CreateInstanceResult.newBuilder()
          .setUid(spec.getUid())
          .setFailure(Failures.item(CloudFailures.from(refused)))
          .build();
    }
  }

  private static void withinLimit(String field, int items) {
    if (items > TinyInfo.BATCH_ITEMS) {
      throw Failures.exception(
          Failures.invalid(
              field, items + " items", "a batch takes at most " + TinyInfo.BATCH_ITEMS));
    }
  }

  private static CloudFailure unknown(String uid) {
    return CloudFailure.of(
        ErrorReason.ERROR_REASON_NOT_FOUND, "There is no such container of " + uid + ".");
  }
}
