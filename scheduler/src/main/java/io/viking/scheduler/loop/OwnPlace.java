package io.viking.scheduler.loop;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.decision.World;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.type.TypeChooser;
import io.viking.scheduler.zone.Assortment;
import io.viking.scheduler.zone.QuotaShelf;
import io.viking.scheduler.zone.Quotas;
import io.viking.scheduler.zone.Shelf;

/**
 * The account's quotas as if a pod that has its place had none: it is not in its own way.
 *
 * @param milliVcpu that it takes
 */
record OwnPlace(QuotaShelf quotas, long milliVcpu) implements QuotaShelf {
  /** What its place takes is what it would be given now: types seldom change under a pod. */
  static World leftOut(PodShape shape, World world) {
    long milliVcpu =
        switch (TypeChooser.choose(shape, world.sites(), world.assortment())) {
          case Assortment.Choice.Types chosen ->
              chosen.types().stream().mapToLong(InstanceType::getMilliVcpu).findFirst().orElse(0);
          case Assortment.Choice.None _ -> 0;
        };
    return world.with(new OwnPlace(world.quotas(), milliVcpu));
  }

  @Override
  public long left(String name) {
    long left = quotas.left(name);
    return left == Shelf.UNBOUNDED ? left : left + taken(name);
  }

  @Override
  public long limit(String name) {
    return quotas.limit(name);
  }

  private long taken(String name) {
    return switch (name) {
      case Quotas.INSTANCES -> 1;
      case Quotas.MILLI_VCPU -> milliVcpu;
      default -> 0;
    };
  }
}
