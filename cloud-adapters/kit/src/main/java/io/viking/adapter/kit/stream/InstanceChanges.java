package io.viking.adapter.kit.stream;

import com.google.protobuf.MessageLite;
import io.grpc.stub.StreamObserver;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceEvent;
import io.viking.cloud.v1.WatchInstancesRequest;
import io.viking.cloud.v1.WatchInstancesResponse;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The change log of instances, and WatchInstances served from it. Rules for revisions and threads
 * as for {@link ChangeLog}; an instance's own {@code revision} is the change's.
 */
public final class InstanceChanges {
  private record Key(String clusterId, String uid) {}

  private final ChangeLog<Key, Instance> log;
  private final Executor executor;

  /**
   * @param capacity changes to keep
   * @param revision of the state now
   * @param executor where answers are made and sent
   */
  public InstanceChanges(int capacity, long revision, Executor executor) {
    this.log = new ChangeLog<>(capacity, revision, MessageLite::getSerializedSize);
    this.executor = executor;
  }

  /** The instance is new or changed, at its revision. */
  public void changed(Instance now) {
    log.append(Change.changed(now.getRevision(), key(now), now));
  }

  /** The instance is gone; {@code last} is its last state with the revision of its removal. */
  public void deleted(Instance last) {
    log.append(Change.removed(last.getRevision(), key(last), last));
  }

  /** See {@link ChangeLog#forget}. */
  public void forget() {
    log.forget();
  }

  /** Serves the call; see {@link ChangeStream#serve}. */
  public void watch(WatchInstancesRequest request, StreamObserver<WatchInstancesResponse> caller) {
    String clusterId = Scope.require(request.getClusterId());
    ChangeStream.serve(
        log,
        request.getRevision(),
        change -> change.key().clusterId().equals(clusterId),
        InstanceChanges::answer,
        caller,
        executor);
  }

  private static Key key(Instance instance) {
    return new Key(instance.getClusterId(), instance.getUid());
  }

  private static WatchInstancesResponse answer(long revision, List<Change<Key, Instance>> changes) {
    var answer = WatchInstancesResponse.newBuilder().setRevision(revision);
    for (Change<Key, Instance> change : changes) {
      answer
          .addEventsBuilder()
          .setKind(change.removed() ? InstanceEvent.Kind.DELETED : InstanceEvent.Kind.CHANGED)
          .setInstance(change.value());
    }
    return answer.build();
  }
}
