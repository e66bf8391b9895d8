package io.viking.syncer.kubelet;

import com.google.protobuf.ByteString;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.viking.cloud.v1.ExecRequest;
import io.viking.cloud.v1.ExecResponse;
import io.viking.cloud.v1.GetUsageRequest;
import io.viking.cloud.v1.GetUsageResponse;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.PortForwardRequest;
import io.viking.cloud.v1.PortForwardResponse;
import io.viking.cloud.v1.ReadLogsRequest;
import io.viking.cloud.v1.ReadLogsResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A cloud whose answers a test writes. */
final class FakeInstances extends InstanceServiceGrpc.InstanceServiceImplBase {
  interface Logs {
    void read(ReadLogsRequest request, StreamObserver<ReadLogsResponse> observer);
  }

  interface Stream<Q, A> {
    StreamObserver<Q> open(ServerCallStreamObserver<A> answers);
  }

  interface Usage {
    void get(GetUsageRequest request, StreamObserver<GetUsageResponse> observer);
  }

  final BlockingQueue<ReadLogsRequest> logRequests = new LinkedBlockingQueue<>();
  volatile Logs logs = (request, observer) -> observer.onCompleted();
  volatile Stream<ExecRequest, ExecResponse> exec = answers -> super.execInstance(answers);
  volatile Stream<ExecRequest, ExecResponse> attach = answers -> super.attachInstance(answers);
  volatile Stream<PortForwardRequest, PortForwardResponse> forward =
      answers -> super.portForward(answers);
  volatile Usage usage = (request, observer) -> super.getUsage(request, observer);

  void lines(String... lines) {
    logs =
        (request, observer) -> {
          for (String line : lines) {
            observer.onNext(logPiece(line));
          }
          observer.onCompleted();
        };
  }

  static ReadLogsResponse logPiece(String text) {
    return ReadLogsResponse.newBuilder().setData(ByteString.copyFromUtf8(text)).build();
  }

  @Override
  public void readLogs(ReadLogsRequest request, StreamObserver<ReadLogsResponse> observer) {
    logRequests.add(request);
    logs.read(request, observer);
  }

  @Override
  public StreamObserver<ExecRequest> execInstance(StreamObserver<ExecResponse> observer) {
    return exec.open((ServerCallStreamObserver<ExecResponse>) observer);
  }

  @Override
  public StreamObserver<ExecRequest> attachInstance(StreamObserver<ExecResponse> observer) {
    return attach.open((ServerCallStreamObserver<ExecResponse>) observer);
  }

  @Override
  public StreamObserver<PortForwardRequest> portForward(
      StreamObserver<PortForwardResponse> observer) {
    return forward.open((ServerCallStreamObserver<PortForwardResponse>) observer);
  }

  @Override
  public void getUsage(GetUsageRequest request, StreamObserver<GetUsageResponse> observer) {
    usage.get(request, observer);
  }
}
