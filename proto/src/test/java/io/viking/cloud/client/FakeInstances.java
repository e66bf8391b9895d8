package io.viking.cloud.client;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceEvent;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceImplBase;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ListInstancesResponse;
import io.viking.cloud.v1.WatchInstancesRequest;
import io.viking.cloud.v1.WatchInstancesResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Instances of one cluster, listed two to a page; fails as it is told. */
final class FakeInstances extends InstanceServiceImplBase {
  final FakeWatch<WatchInstancesResponse> watches = new FakeWatch<>();
  final List<Long> watchedFrom = new CopyOnWriteArrayList<>();
  final List<String> pageTokens = new CopyOnWriteArrayList<>();
  final Queue<StatusRuntimeException> nextLists = new ConcurrentLinkedQueue<>();

  /** Of the page with a token, once. */
  final Map<String, StatusRuntimeException> troubles = new ConcurrentHashMap<>();

  final Queue<StatusRuntimeException> nextWatches = new ConcurrentLinkedQueue<>();
  volatile boolean mute;

  private final Map<String, Instance> instances = new LinkedHashMap<>();
  private long revision = 10;

  synchronized void change(String uid) {
    Instance instance = instance(uid, ++revision);
    instances.put(uid, instance);
    send(InstanceEvent.Kind.CHANGED, instance);
  }

  synchronized void delete(String uid) {
    instances.remove(uid);
    send(InstanceEvent.Kind.DELETED, instance(uid, ++revision));
  }

  /** A change that nobody is told of. */
  synchronized void changeSilently(String uid) {
    instances.put(uid, instance(uid, ++revision));
  }

  synchronized void deleteSilently(String uid) {
    revision++;
    instances.remove(uid);
  }

  synchronized long revision() {
    return revision;
  }

  void send(InstanceEvent.Kind kind, Instance instance) {
    watches.send(
        WatchInstancesResponse.newBuilder()
            .setRevision(revision())
            .addEvents(InstanceEvent.newBuilder().setKind(kind).setInstance(instance))
            .build());
  }

  static Instance instance(String uid, long revision) {
    return Instance.newBuilder().setUid(uid).setRevision(revision).build();
  }

  @Override
  public synchronized void listInstances(
      ListInstancesRequest request, StreamObserver<ListInstancesResponse> caller) {
    pageTokens.add(request.getPageToken());
    Optional<StatusRuntimeException> failure =
        Optional.ofNullable(troubles.remove(request.getPageToken()))
            .or(() -> Optional.ofNullable(nextLists.poll()));
    if (failure.isPresent()) {
      caller.onError(failure.get());
      return;
    }
    int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
    List<Instance> all = new ArrayList<>(instances.values());
    int to = Math.min(all.size(), from + 2);
    var page =
        ListInstancesResponse.newBuilder()
            .setRevision(revision)
            .addAllInstances(all.subList(from, to));
    if (to < all.size()) {
      page.setNextPageToken(Integer.toString(to));
    }
    caller.onNext(page.build());
    caller.onCompleted();
  }

  @Override
  public synchronized void watchInstances(
      WatchInstancesRequest request, StreamObserver<WatchInstancesResponse> caller) {
    watchedFrom.add(request.getRevision());
    Optional<StatusRuntimeException> failure = Optional.ofNullable(nextWatches.poll());
    if (failure.isPresent()) {
      caller.onError(failure.get());
      return;
    }
    if (!mute) {
      caller.onNext(WatchInstancesResponse.newBuilder().setRevision(request.getRevision()).build());
    }
    watches.open(caller);
  }
}
