package io.viking.adapter.kit.transport;

import io.grpc.stub.StreamObserver;
import io.viking.cloud.v1.GetInfoRequest;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.cloud.v1.InfoServiceGrpc.InfoServiceImplBase;
import java.util.function.Consumer;

/** A service that does with a call what the test says. */
final class ScriptedInfo extends InfoServiceImplBase {
  static final GetInfoResponse INFO = GetInfoResponse.newBuilder().setAdapterName("script").build();

  private final Consumer<StreamObserver<GetInfoResponse>> script;

  private ScriptedInfo(Consumer<StreamObserver<GetInfoResponse>> script) {
    this.script = script;
  }

  static ScriptedInfo answering() {
    return doing(ScriptedInfo::answer);
  }

  static ScriptedInfo doing(Consumer<StreamObserver<GetInfoResponse>> script) {
    return new ScriptedInfo(script);
  }

  static void answer(StreamObserver<GetInfoResponse> caller) {
    caller.onNext(INFO);
    caller.onCompleted();
  }

  @Override
  public void getInfo(GetInfoRequest request, StreamObserver<GetInfoResponse> caller) {
    script.accept(caller);
  }
}
