package io.viking.adapter.kit.tiny;

import io.grpc.stub.StreamObserver;
import io.viking.cloud.v1.Capabilities;
import io.viking.cloud.v1.GetInfoRequest;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.cloud.v1.InfoServiceGrpc.InfoServiceImplBase;
import io.viking.cloud.v1.Limits;

final class TinyInfo extends InfoServiceImplBase {
  static final int BATCH_ITEMS = 20;

  private static final GetInfoResponse INFO =
      GetInfoResponse.newBuilder()
          .setAdapterName("tiny")
          .setAdapterVersion("1")
          .setContractVersion("1.0")
          .setCapabilities(
              Capabilities.newBuilder()
                  .setLogFollow(true)
                  .setFileUpdate(true)
                  .addVolumeSources("emptyDir")
                  .addArchitectures("amd64"))
          .setLimits(Limits.newBuilder().setInstanceBatchItems(BATCH_ITEMS))
          .build();

  @Override
  public void getInfo(GetInfoRequest request, StreamObserver<GetInfoResponse> caller) {
    caller.onNext(INFO);
    caller.onCompleted();
  }
}
