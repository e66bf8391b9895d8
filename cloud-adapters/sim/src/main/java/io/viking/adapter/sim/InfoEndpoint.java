package io.viking.adapter.sim;

import com.google.common.math.LongMath;
import io.grpc.stub.StreamObserver;
import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.kit.transport.AdapterServer;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.profile.TypeProfile;
import io.viking.adapter.sim.spec.OrderParser;
import io.viking.cloud.v1.Capabilities;
import io.viking.cloud.v1.GetInfoRequest;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.cloud.v1.InfoServiceGrpc.InfoServiceImplBase;
import io.viking.cloud.v1.Limits;
import java.math.RoundingMode;
import java.util.Optional;

/** What the simulated cloud can do; false is what it does not even simulate. */
final class InfoEndpoint extends InfoServiceImplBase {
  /** Items of one create, delete or update of files. */
  static final int BATCH_ITEMS = 100;

  private static final String CONTRACT = "1.0";

  private final GetInfoResponse info;

  InfoEndpoint(SimProfile profile) {
    info =
        GetInfoResponse.newBuilder()
            .setAdapterName("sim")
            .setAdapterVersion(
                Optional.ofNullable(InfoEndpoint.class.getPackage().getImplementationVersion())
                    .orElse("development"))
            .setContractVersion(CONTRACT)
            .setCapabilities(
                Capabilities.newBuilder()
                    .setExec(true)
                    .setPortForward(true)
                    .setLogFollow(true)
                    .setLogPrevious(true)
                    .setFileUpdate(true)
                    .setProbes(true)
                    .setLifecycleHooks(true)
                    .setSpot(profile.spot().enabled())
                    .setUsage(true)
                    .setLoadBalancers(true)
                    .setPrivateDns(true)
                    .addAllVolumeSources(OrderParser.VOLUME_SOURCES)
                    .addAllPersistentVolumeSources(OrderParser.PERSISTENT_VOLUME_SOURCES)
                    .addAllArchitectures(
                        profile.types().stream()
                            .map(TypeProfile::architecture)
                            .distinct()
                            .sorted()
                            .toList()))
            .setLimits(
                Limits.newBuilder()
                    .setInstanceBatchItems(BATCH_ITEMS)
                    .setBatchBytes(AdapterServer.MAX_MESSAGE_BYTES)
                    .setBackendBatchItems(profile.network().loadBalancers().callBackends())
                    .setBackendIntervalMillis(backendIntervalMillis(profile))
                    .setRecordBatchItems(profile.network().dns().callRecords())
                    .setContainersPerInstance(OrderParser.MOST_CONTAINERS))
            .build();
  }

  /** What a server group may take for a change, in whole seconds. */
  private static int backendIntervalMillis(SimProfile profile) {
    long most = profile.network().loadBalancers().registering().maxMillis();
    return (int) LongMath.divide(most, 1000, RoundingMode.CEILING) * 1000;
  }

  /**
   * @param field that holds the items
   * @param most that the limits say
   * @throws io.grpc.StatusRuntimeException INVALID_SPEC if they are more than an adapter says that
   *     it takes
   */
  static void checkBatch(String field, int items, int most) {
    if (items > most) {
      throw Failures.exception(
          Failures.invalid(field, items + " items", "send at most " + most + " in one call"));
    }
  }

  @Override
  public void getInfo(GetInfoRequest request, StreamObserver<GetInfoResponse> caller) {
    caller.onNext(info);
    caller.onCompleted();
  }
}
