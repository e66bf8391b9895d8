package io.viking.adapter.sim;

import io.grpc.stub.StreamObserver;
import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.profile.ZoneProfile;
import io.viking.adapter.sim.v1.OperatorServiceGrpc.OperatorServiceImplBase;
import io.viking.adapter.sim.v1.ReclaimRequest;
import io.viking.adapter.sim.v1.ReclaimResponse;
import io.viking.adapter.sim.v1.SetSpotPriceRequest;
import io.viking.adapter.sim.v1.SetSpotPriceResponse;
import io.viking.adapter.sim.v1.SetStockRequest;
import io.viking.adapter.sim.v1.SetStockResponse;
import io.viking.adapter.sim.v1.SetZoneRequest;
import io.viking.adapter.sim.v1.SetZoneResponse;
import io.viking.cloud.v1.ErrorReason;
import java.util.stream.Collectors;

/** The operator's acts as calls. What does not exist is answered with what does. */
final class OperatorEndpoint extends OperatorServiceImplBase {
  private final Operator operator;
  private final SimProfile profile;

  OperatorEndpoint(Operator operator, SimProfile profile) {
    this.operator = operator;
    this.profile = profile;
  }

  @Override
  public void setZone(SetZoneRequest request, StreamObserver<SetZoneResponse> caller) {
    requireZone(request.getZone());
    operator.setZoneAvailable(request.getZone(), request.getAvailable());
    answer(caller, SetZoneResponse.getDefaultInstance());
  }

  @Override
  public void setStock(SetStockRequest request, StreamObserver<SetStockResponse> caller) {
    requireZone(request.getZone());
    requireType(request.getInstanceType());
    if (request.getLimit() < -1) {
      throw Failures.exception(
          Failures.invalid(
              "limit", Long.toString(request.getLimit()), "give a number of instances, or -1"));
    }
    operator.setStock(request.getZone(), request.getInstanceType(), request.getLimit());
    int types = request.getInstanceType().isEmpty() ? profile.types().size() : 1;
    answer(caller, SetStockResponse.newBuilder().setTypes(types).build());
  }

  @Override
  public void setSpotPrice(
      SetSpotPriceRequest request, StreamObserver<SetSpotPriceResponse> caller) {
    SimProfile.SpotMarket market = profile.spot();
    if (!market.enabled()) {
      throw Failures.exception(
          Failures.invalid(
              "spot.enabled", "false", "the profile must sell spot instances to price them"));
    }
    requireZone(request.getZone());
    requireType(request.getInstanceType());
    if (request.getPpm() < 0) {
      throw Failures.exception(
          Failures.invalid("ppm", Long.toString(request.getPpm()), "give at least 0"));
    }
    operator.setSpotPrice(request.getZone(), request.getInstanceType(), request.getPpm());
    answer(
        caller,
        SetSpotPriceResponse.newBuilder()
            .setPpm(Math.clamp(request.getPpm(), market.minPpm(), market.maxPpm()))
            .build());
  }

  @Override
  public void reclaim(ReclaimRequest request, StreamObserver<ReclaimResponse> caller) {
    if (!operator.reclaim(request.getClusterId(), request.getUid())) {
      throw Failures.exception(
          ErrorReason.ERROR_REASON_NOT_FOUND,
          "no spot instance of pod %s lives that was not asked to leave already"
              .formatted(request.getUid()));
    }
    answer(caller, ReclaimResponse.getDefaultInstance());
  }

  private void requireZone(String zone) {
    if (profile.zone(zone).isEmpty()) {
      throw Failures.exception(
          ErrorReason.ERROR_REASON_NOT_FOUND,
          "there is no zone \"%s\"; there are %s"
              .formatted(
                  zone,
                  profile.zones().stream().map(ZoneProfile::id).collect(Collectors.joining(", "))));
    }
  }

  private void requireType(String type) {
    if (!type.isEmpty() && profile.type(type).isEmpty()) {
      throw Failures.exception(
          ErrorReason.ERROR_REASON_NOT_FOUND,
          "there is no instance type \"%s\"; a shape reads 2-4Gi, others are named as ecs.c6.large"
              .formatted(type));
    }
  }

  private static <T> void answer(StreamObserver<T> caller, T answer) {
    caller.onNext(answer);
    caller.onCompleted();
  }
}
