package io.viking.adapter.sim.core;

import io.viking.adapter.sim.state.ContainerKind;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstanceCondition;
import io.viking.cloud.v1.Price;

/** An instance as the contract shows it. */
final class InstanceView {
  private InstanceView() {}

  static Instance of(SimInstance instance, String currency, long now) {
    Instance.Builder view =
        Instance.newBuilder()
            .setClusterId(instance.cluster)
            .setUid(instance.order.getUid())
            .setAttempt(instance.order.getAttempt())
            .setInstanceId(instance.id)
            .setNamespace(instance.order.getNamespace())
            .setName(instance.order.getName())
            .setRevision(instance.revision)
            .setPhase(instance.phase)
            .setReason(instance.reason)
            .setMessage(instance.message)
            .addConditions(createdCondition(instance))
            .setZone(instance.zone.profile.id())
            .setVswitch(instance.pool.profile.id())
            .setInstanceType(instance.offer.type.name())
            .setMilliVcpu(instance.offer.type.milliVcpu())
            .setMemoryMib(instance.offer.type.memoryMib())
            .setPrice(
                Price.newBuilder().setCurrency(currency).setNanosPerSecond(instance.priceNanos))
            .setSpot(instance.spot)
            .setCreateTime(Times.timestamp(instance.created))
            .putAllTags(instance.order.getTagsMap());
    for (ContainerLife container : instance.containers) {
      if (container.is(ContainerKind.APP)) {
        view.addContainers(ContainerView.of(instance, container, now));
      } else {
        view.addInitContainers(ContainerView.of(instance, container, now));
      }
    }
    if (instance.sandboxReady != 0) {
      view.addAddresses(instance.addressText());
      if (instance.order.getPublicAddress()) {
        view.setPublicAddress(publicAddress(instance));
      }
    }
    if (instance.started != 0) {
      view.setStartTime(Times.timestamp(instance.started));
    }
    if (instance.stopped != 0) {
      view.setStopTime(Times.timestamp(instance.stopped));
    }
    if (instance.ended != 0) {
      view.setEndTime(Times.timestamp(instance.ended));
    }
    if (instance.reclaim != 0) {
      view.setReclaimTime(Times.timestamp(instance.reclaim))
          .addConditions(
              InstanceCondition.newBuilder()
                  .setType("SpotToBeReleased")
                  .setStatus(true)
                  .setReason("SpotToBeReleased")
                  .setMessage("the cloud will take this spot instance back")
                  .setLastTransitionTime(Times.timestamp(instance.reclaimAsked)));
    }
    return view.build();
  }

  private static InstanceCondition createdCondition(SimInstance instance) {
    boolean ready = instance.sandboxReady != 0;
    return InstanceCondition.newBuilder()
        .setType("ContainerInstanceCreated")
        .setStatus(ready)
        .setReason(ready ? "" : "Creating")
        .setLastTransitionTime(Times.timestamp(ready ? instance.sandboxReady : instance.created))
        .build();
  }

  /** Of the network set aside for benchmarks (RFC 2544), which nobody routes. */
  private static String publicAddress(SimInstance instance) {
    long host = instance.serial % (1 << 17);
    return "198." + (18 + (host >> 16)) + "." + (host >> 8 & 255) + "." + (host & 255);
  }
}
