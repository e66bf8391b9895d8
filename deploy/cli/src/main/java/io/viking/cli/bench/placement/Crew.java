package io.viking.cli.bench.placement;

import io.viking.cloud.client.CatalogSnapshot.OfferKey;
import io.viking.scheduler.pod.PodShape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/** The pods of one workload. */
final class Crew {
  /** One pod. */
  static final class Pod {
    final String uid;
    boolean hasWaited;

    /** Set while it runs. */
    OfferKey offer = NOWHERE;

    Pod(String uid) {
      this.uid = uid;
    }
  }

  private static final OfferKey NOWHERE = new OfferKey("", "");

  final PodShape shape;
  final boolean spot;
  final Deque<Pod> waiting = new ArrayDeque<>();
  private final Map<String, Deque<Pod>> zones = new LinkedHashMap<>();

  Crew(PodShape shape, boolean spot) {
    this.shape = shape;
    this.spot = spot;
    Market.ZONES.forEach(zone -> zones.put(zone, new ArrayDeque<>()));
  }

  void runs(Pod pod, OfferKey offer) {
    pod.offer = offer;
    in(offer.zone()).addLast(pod);
  }

  /**
   * The one that goes when the workload shrinks: of the zone with the most pods the newest, as the
   * ReplicaSet controller chooses by node.
   */
  Pod leaves() {
    Deque<Pod> fullest = in(Market.ZONES.getFirst());
    for (Deque<Pod> zone : zones.values()) {
      if (zone.size() > fullest.size()) {
        fullest = zone;
      }
    }
    return fullest.removeLast();
  }

  int running() {
    return zones.values().stream().mapToInt(Deque::size).sum();
  }

  int running(String zone) {
    return in(zone).size();
  }

  /** Of the fullest zone, from 0 to 1; some pod runs. */
  double worstShare() {
    int most = zones.values().stream().mapToInt(Deque::size).max().orElse(0);
    return (double) most / running();
  }

  private Deque<Pod> in(String zone) {
    Deque<Pod> pods = zones.get(zone);
    if (pods == null) {
      throw new IllegalArgumentException("there is no zone " + zone);
    }
    return pods;
  }
}
