package io.viking.scheduler.filter;

import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.selector.Taint;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Site;
import io.viking.scheduler.zone.ZoneNode;
import java.util.List;
import java.util.Optional;

/**
 * Taints that the pod does not tolerate, and cordoned nodes. The taint that all zone nodes carry is
 * ours: it keeps others' pods away, not those that chose us.
 */
public final class Taints implements ZoneFilter {
  private static final Taint CORDON =
      new Taint("node.kubernetes.io/unschedulable", "", "NoSchedule");

  @Override
  public String name() {
    return "Taints";
  }

  @Override
  public Verdict check(Request request, Site site) {
    var cure = new Cure.NodeChanged(site.id());
    return untolerated(request.shape(), site)
        .map(
            taint ->
                taint.key().equals(CORDON.key())
                    ? Verdict.reject("cordoned", cure)
                    : Verdict.reject("with the untolerated taint {" + taint + "}", cure))
        .orElse(Verdict.PASS);
  }

  /** The first taint that keeps the pod away. */
  public static Optional<Taint> untolerated(PodShape shape, Site site) {
    if (site.node().map(ZoneNode::cordoned).orElse(false) && !tolerates(shape, CORDON)) {
      return Optional.of(CORDON);
    }
    List<Taint> taints = site.node().map(ZoneNode::taints).orElse(List.of());
    for (Taint taint : taints) {
      if (taint.repels() && !taint.equals(ZoneNode.OURS) && !tolerates(shape, taint)) {
        return Optional.of(taint);
      }
    }
    return Optional.empty();
  }

  /** How many taints ask the pod to stay away if it can. Cordons do not ask. */
  public static int unwelcome(PodShape shape, Site site) {
    int count = 0;
    for (Taint taint : site.node().map(ZoneNode::taints).orElse(List.of())) {
      if (taint.effect().equals("PreferNoSchedule") && !tolerates(shape, taint)) {
        count++;
      }
    }
    return count;
  }

  private static boolean tolerates(PodShape shape, Taint taint) {
    return shape.tolerations().stream().anyMatch(toleration -> toleration.covers(taint));
  }
}
