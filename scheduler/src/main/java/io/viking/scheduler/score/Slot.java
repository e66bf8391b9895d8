package io.viking.scheduler.score;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.filter.FreeAddresses;
import io.viking.scheduler.filter.Request;
import io.viking.scheduler.filter.Stock;
import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.pod.Bid;
import io.viking.scheduler.zone.Shelf;
import io.viking.scheduler.zone.Site;
import java.util.List;
import java.util.Optional;

/** One zone while a group is poured: what is left there, and how many of the group's pods are. */
public final class Slot {
  private final Site site;
  private final Request request;
  private final long[] left;
  private final long[] prices;
  private long addresses;
  private int next;
  private int taken;
  private final WorkloadCount count;
  private final int before;
  private final int residents;
  private final boolean hot;

  /**
   * @param count shared by all slots of a decision
   * @param hot it failed a pod, and the pods of the group should not be those that try it
   */
  public Slot(Site site, Request request, WorkloadCount count, boolean hot) {
    this.site = site;
    this.request = request;
    this.count = count;
    this.before = count.before(site.id());
    this.residents = count.residents(site.id());
    this.hot = hot;
    List<InstanceType> types = request.types();
    Optional<Bid> bid = request.shape().cloud().bid();
    this.left = new long[types.size()];
    this.prices = new long[types.size()];
    for (int i = 0; i < left.length; i++) {
      String type = types.get(i).getName();
      left[i] = request.isBarred(site, types.get(i)) ? 0 : site.shelf().left(type, bid);
      prices[i] = site.shelf().price(type, bid).orElse(Long.MAX_VALUE);
    }
    this.addresses = site.shelf().addresses(request.shape().cloud().vswitches());
    skipEmpty();
  }

  public Site site() {
    return site;
  }

  /** Pods of the workload in the zone, those of this decision included. */
  public int pods() {
    return before + taken;
  }

  /** Pods of the workload in all zones, those of this decision included. */
  public int workloadPods() {
    return count.everywhere();
  }

  /** Pods of all workloads in the zone, those of this decision included. */
  public int residents() {
    return residents + taken;
  }

  public boolean isHot() {
    return hot;
  }

  /** Why nothing more fits, or that it does. */
  public Verdict room() {
    if (next == left.length) {
      return Stock.none(request, site);
    }
    return addresses > 0 ? Verdict.PASS : FreeAddresses.none(site);
  }

  public boolean isFull() {
    return next == left.length || addresses <= 0;
  }

  /** Of the type that the next pod gets; the greatest number if the cloud names none. */
  public long price() {
    return next == left.length ? Long.MAX_VALUE : prices[next];
  }

  /** How many more fit, of the next type. */
  public long spare() {
    return isFull() ? 0 : Math.min(left[next], addresses);
  }

  /** The type that the cloud would take now; one that it may take, if it has none. */
  public String type() {
    return instanceType().getName();
  }

  /** The same with its size. */
  public InstanceType instanceType() {
    return request.types().get(place());
  }

  /** The place of that type in the request. */
  public int place() {
    if (next < left.length) {
      return next;
    }
    for (int i = 0; i < left.length; i++) {
      if (request.canBuy(site, request.types().get(i))) {
        return i;
      }
    }
    return 0;
  }

  /** One more pod of the group goes here, though nothing may be left. */
  public void take() {
    taken++;
    count.oneMore();
    if (next < left.length && left[next] != Shelf.UNBOUNDED) {
      left[next]--;
    }
    if (addresses > 0 && addresses != Shelf.UNBOUNDED) {
      addresses--;
    }
    skipEmpty();
  }

  private void skipEmpty() {
    while (next < left.length && left[next] == 0) {
      next++;
    }
  }
}
