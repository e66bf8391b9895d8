package io.viking.adapter.sim.core;

import io.viking.adapter.sim.limits.Refusals;
import io.viking.adapter.sim.profile.RateLimit;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.Quota;
import java.util.List;
import java.util.Optional;

/** The bounds of the account. */
record Quotas(SimProfile profile) {

  /** Why there can be no more than those that live; empty: there can. */
  Optional<CloudFailure> instances(long live) {
    long limit = profile.quotas().instances();
    return limit >= 0 && live >= limit
        ? Optional.of(Refusals.overQuota("instances", limit))
        : Optional.empty();
  }

  /** Why there cannot be so many in all; empty: there can. */
  Optional<CloudFailure> milliVcpu(long wanted) {
    long limit = profile.quotas().milliVcpu();
    return limit >= 0 && wanted > limit
        ? Optional.of(Refusals.overQuota("milli-vcpu", limit))
        : Optional.empty();
  }

  List<Quota> show(long live, long liveMilliVcpu) {
    RateLimit create = profile.rates().create();
    return List.of(
        quota("instances", profile.quotas().instances(), live),
        quota("milli-vcpu", profile.quotas().milliVcpu(), liveMilliVcpu),
        quota("create-rate-burst", create.burst(), 0),
        quota("create-rate-per-second", create.unlimited() ? -1 : create.perMinute() / 60, 0));
  }

  /**
   * Those that the catalog shows. What is used of one without a bound would change with each
   * instance and matter to nobody, so it is left out.
   */
  List<Quota> catalog(long live, long liveMilliVcpu) {
    return List.of(
        bounded("instances", profile.quotas().instances(), live),
        bounded("milli-vcpu", profile.quotas().milliVcpu(), liveMilliVcpu));
  }

  private static Quota bounded(String name, long limit, long used) {
    return quota(name, limit, limit < 0 ? 0 : used);
  }

  private static Quota quota(String name, long limit, long used) {
    return Quota.newBuilder().setName(name).setLimit(limit).setUsed(used).build();
  }
}
