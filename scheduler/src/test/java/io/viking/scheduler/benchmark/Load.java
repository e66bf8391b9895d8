package io.viking.scheduler.benchmark;

import static io.viking.scheduler.testing.Shape.shape;

import io.viking.kube.profile.Additions;
import io.viking.scheduler.pod.PendingPod;
import io.viking.scheduler.pod.PlacedPod;
import io.viking.scheduler.pod.PodRef;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.testing.Shape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Ten thousand pods that come, and how they are made up. Those that are present are of 1,000
 * workloads of the same kind, spread evenly, and have their instances.
 */
public enum Load {
  /** One Deployment of 10,000. */
  ONE_DEPLOYMENT(1, Load::plain),

  /** 1,000 Deployments of 10. */
  THOUSAND_DEPLOYMENTS(1_000, Load::plain),

  /** 1,000 of 10, each with a DoNotSchedule spread over zones that all of them hold. */
  ZONE_SPREAD(1_000, number -> plain(number).spread(4, name(number))),

  /** 1,000 of 10, each with required anti-affinity to itself: three fit and seven are told. */
  ZONE_ANTI_AFFINITY(1_000, number -> plain(number).awayFrom(name(number)));

  static final int PODS = 10_000;

  /** In a catalog of three zones. */
  static final List<String> ZONES = List.of("h", "i", "j");

  private static final int PRESENT_WORKLOADS = 1_000;

  private final int workloads;
  private final IntFunction<Shape> shape;

  Load(int workloads, IntFunction<Shape> shape) {
    this.workloads = workloads;
    this.shape = shape;
  }

  /** One for each Deployment. */
  List<PodShape> shapes() {
    var shapes = new ArrayList<PodShape>(workloads);
    for (int i = 0; i < workloads; i++) {
      shapes.add(shape.apply(i).build());
    }
    return shapes;
  }

  int podsEach() {
    return PODS / workloads;
  }

  /** Those that come, as ReplicaSets make them: mixed. */
  List<PendingPod> arriving() {
    List<PodShape> shapes = shapes();
    var pods = new ArrayList<PendingPod>(PODS);
    for (int i = 0; i < PODS; i++) {
      PodShape shape = shapes.get(i % workloads);
      var ref = new PodRef(shape.namespace(), "new-" + i, "new-" + i);
      pods.add(
          new PendingPod(
              ref, "1", shape, Instant.EPOCH, 1, false, PendingPod.Told.NOTHING, Additions.NONE));
    }
    return pods;
  }

  /** Of the Deployments that come, but for those that keep their own away from each other. */
  List<PlacedPod> present(int pods) {
    int first = this == ZONE_ANTI_AFFINITY ? workloads : 0;
    var shapes = new ArrayList<PodShape>(PRESENT_WORKLOADS);
    for (int i = 0; i < PRESENT_WORKLOADS; i++) {
      shapes.add(shape.apply(first + i).build());
    }
    var present = new ArrayList<PlacedPod>(pods);
    for (int i = 0; i < pods; i++) {
      int turn = i / PRESENT_WORKLOADS;
      present.add(
          PlacedPod.started(
              "old-" + i,
              ZONES.get((i + turn) % ZONES.size()),
              shapes.get(i % PRESENT_WORKLOADS).crowd(),
              List.of()));
    }
    return present;
  }

  private static Shape plain(int number) {
    return shape().owner(name(number));
  }

  private static String name(int number) {
    return "app-" + number;
  }
}
