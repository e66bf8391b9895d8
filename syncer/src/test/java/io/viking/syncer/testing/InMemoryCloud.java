package io.viking.syncer.testing;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.viking.cloud.v1.CatalogServiceGrpc;
import io.viking.cloud.v1.ContainerRunning;
import io.viking.cloud.v1.ContainerStatus;
import io.viking.cloud.v1.CreateInstanceResult;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.CreateInstancesResponse;
import io.viking.cloud.v1.DeleteInstance;
import io.viking.cloud.v1.DeleteInstanceResult;
import io.viking.cloud.v1.DeleteInstancesRequest;
import io.viking.cloud.v1.DeleteInstancesResponse;
import io.viking.cloud.v1.GetCatalogRequest;
import io.viking.cloud.v1.GetCatalogResponse;
import io.viking.cloud.v1.GetInfoRequest;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.cloud.v1.InfoServiceGrpc;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceEvent;
import io.viking.cloud.v1.InstancePhase;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.InstanceSpec;
import io.viking.cloud.v1.Limits;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ListInstancesResponse;
import io.viking.cloud.v1.WatchCatalogRequest;
import io.viking.cloud.v1.WatchCatalogResponse;
import io.viking.cloud.v1.WatchInstancesRequest;
import io.viking.cloud.v1.WatchInstancesResponse;
import io.viking.cloud.v1.Zone;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An adapter whose instances run as soon as they are asked for, and are gone as soon as told so.
 */
public final class InMemoryCloud implements AutoCloseable {
  private final Map<String, Instance> instances = new LinkedHashMap<>();
  private final List<StreamObserver<WatchInstancesResponse>> watchers = new ArrayList<>();
  private final List<DeleteInstance> deletes = new ArrayList<>();
  private final Server server;
  private final ManagedChannel channel;
  private Optional<Status> failure = Optional.empty();
  private long revision = 1;

  public InMemoryCloud() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .addService(new Info())
            .addService(new Catalog())
            .addService(new Instances())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).build();
  }

  public ManagedChannel channel() {
    return channel;
  }

  public synchronized List<Instance> instances() {
    return List.copyOf(instances.values());
  }

  public synchronized List<DeleteInstance> deletes() {
    return List.copyOf(deletes);
  }

  /** Fails every create and delete; empty ends it. */
  public synchronized void failWith(Optional<Status> status) {
    failure = status;
  }

  /** An instance that was there before. */
  public synchronized void add(Instance instance) {
    change(instance);
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private Instance change(Instance instance) {
    Instance stored = instance.toBuilder().setRevision(++revision).build();
    instances.put(stored.getUid(), stored);
    tell(InstanceEvent.Kind.CHANGED, stored);
    return stored;
  }

  private void tell(InstanceEvent.Kind kind, Instance instance) {
    var answer =
        WatchInstancesResponse.newBuilder()
            .setRevision(instance.getRevision())
            .addEvents(InstanceEvent.newBuilder().setKind(kind).setInstance(instance))
            .build();
    watchers.forEach(watcher -> watcher.onNext(answer));
  }

  private final class Info extends InfoServiceGrpc.InfoServiceImplBase {
    @Override
    public void getInfo(GetInfoRequest request, StreamObserver<GetInfoResponse> answer) {
      answer.onNext(
          GetInfoResponse.newBuilder()
              .setLimits(Limits.newBuilder().setInstanceBatchItems(10))
              .build());
      answer.onCompleted();
    }
  }

  private static final class Catalog extends CatalogServiceGrpc.CatalogServiceImplBase {
    @Override
    public void getCatalog(GetCatalogRequest request, StreamObserver<GetCatalogResponse> answer) {
      answer.onNext(
          GetCatalogResponse.newBuilder()
              .setRevision(1)
              .addZones(Zone.newBuilder().setId("zone-a").setAvailable(true))
              .build());
      answer.onCompleted();
    }

    @Override
    public void watchCatalog(
        WatchCatalogRequest request, StreamObserver<WatchCatalogResponse> answer) {
      answer.onNext(WatchCatalogResponse.newBuilder().setRevision(1).build());
    }
  }

  private final class Instances extends InstanceServiceGrpc.InstanceServiceImplBase {
    @Override
    public void createInstances(
        CreateInstancesRequest request, StreamObserver<CreateInstancesResponse> answer) {
      synchronized (InMemoryCloud.this) {
        if (failure.isPresent()) {
          answer.onError(failure.get().asRuntimeException());
          return;
        }
        var response = CreateInstancesResponse.newBuilder();
        for (InstanceSpec spec : request.getInstancesList()) {
          boolean isNew = !instances.containsKey(spec.getUid());
          Instance instance = isNew ? change(started(request, spec)) : instances.get(spec.getUid());
          response.addResults(
              CreateInstanceResult.newBuilder()
                  .setUid(spec.getUid())
                  .setInstance(instance)
                  .setCreated(isNew));
        }
        answer.onNext(response.build());
        answer.onCompleted();
      }
    }

    private Instance started(CreateInstancesRequest request, InstanceSpec spec) {
      return Instance.newBuilder()
          .setClusterId(request.getClusterId())
          .setUid(spec.getUid())
          .setAttempt(spec.getAttempt())
          .setInstanceId("mem-" + spec.getUid())
          .setNamespace("default")
          .setName(spec.getTagsOrDefault("name", ""))
          .setPhase(InstancePhase.INSTANCE_PHASE_RUNNING)
          .addContainers(
              ContainerStatus.newBuilder()
                  .setName("main")
                  .setReady(true)
                  .setRunning(ContainerRunning.getDefaultInstance()))
          .build();
    }

    @Override
    public void deleteInstances(
        DeleteInstancesRequest request, StreamObserver<DeleteInstancesResponse> answer) {
      synchronized (InMemoryCloud.this) {
        if (failure.isPresent()) {
          answer.onError(failure.get().asRuntimeException());
          return;
        }
        var response = DeleteInstancesResponse.newBuilder();
        for (DeleteInstance item : request.getInstancesList()) {
          deletes.add(item);
          Instance last = instances.remove(item.getUid());
          response.addResults(
              DeleteInstanceResult.newBuilder().setUid(item.getUid()).setAbsent(last == null));
          if (last != null) {
            tell(
                InstanceEvent.Kind.DELETED,
                last.toBuilder()
                    .setRevision(++revision)
                    .setPhase(InstancePhase.INSTANCE_PHASE_FAILED)
                    .build());
          }
        }
        answer.onNext(response.build());
        answer.onCompleted();
      }
    }

    @Override
    public void listInstances(
        ListInstancesRequest request, StreamObserver<ListInstancesResponse> answer) {
      synchronized (InMemoryCloud.this) {
        answer.onNext(
            ListInstancesResponse.newBuilder()
                .setRevision(revision)
                .addAllInstances(
                    instances.values().stream()
                        .filter(
                            i ->
                                request.getUidsCount() == 0
                                    || request.getUidsList().contains(i.getUid()))
                        .toList())
                .build());
        answer.onCompleted();
      }
    }

    @Override
    public void watchInstances(
        WatchInstancesRequest request, StreamObserver<WatchInstancesResponse> answer) {
      synchronized (InMemoryCloud.this) {
        ((ServerCallStreamObserver<WatchInstancesResponse>) answer)
            .setOnCancelHandler(
                () -> {
                  synchronized (InMemoryCloud.this) {
                    watchers.remove(answer);
                  }
                });
        watchers.add(answer);
        answer.onNext(
            WatchInstancesResponse.newBuilder().setRevision(request.getRevision()).build());
      }
    }
  }
}
