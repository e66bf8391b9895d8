package io.viking.cloud.client;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.viking.cloud.errors.ErrorReasons;
import io.viking.cloud.v1.ErrorReason;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The watches that stand at a fake service, and ways to break them. */
final class FakeWatch<R> {
  private final List<StreamObserver<R>> standing = new CopyOnWriteArrayList<>();

  void open(StreamObserver<R> watcher) {
    ((ServerCallStreamObserver<R>) watcher).setOnCancelHandler(() -> standing.remove(watcher));
    standing.add(watcher);
  }

  int size() {
    return standing.size();
  }

  void send(R answer) {
    standing.forEach(watcher -> watcher.onNext(answer));
  }

  void fail(StatusRuntimeException failure) {
    List<StreamObserver<R>> all = List.copyOf(standing);
    standing.clear();
    all.forEach(watcher -> watcher.onError(failure));
  }

  void end() {
    List<StreamObserver<R>> all = List.copyOf(standing);
    standing.clear();
    all.forEach(StreamObserver::onCompleted);
  }

  static StatusRuntimeException unavailable() {
    return Status.UNAVAILABLE.withDescription("the line is cut").asRuntimeException();
  }

  static StatusRuntimeException failure(ErrorReason reason) {
    var info =
        ErrorInfo.newBuilder()
            .setDomain(ErrorReasons.DOMAIN)
            .setReason(ErrorReasons.wireName(reason));
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(Code.OUT_OF_RANGE_VALUE)
            .setMessage("on command")
            .addDetails(Any.pack(info.build()))
            .build());
  }
}
