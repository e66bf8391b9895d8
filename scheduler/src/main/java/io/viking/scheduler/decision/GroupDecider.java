package io.viking.scheduler.decision;

import io.viking.scheduler.filter.DaemonSets;
import io.viking.scheduler.filter.Flaws;
import io.viking.scheduler.filter.FreeAddresses;
import io.viking.scheduler.filter.GroupFilter;
import io.viking.scheduler.filter.NodeAffinity;
import io.viking.scheduler.filter.NodeDemands;
import io.viking.scheduler.filter.NodePresent;
import io.viking.scheduler.filter.Request;
import io.viking.scheduler.filter.Sold;
import io.viking.scheduler.filter.SpotPrice;
import io.viking.scheduler.filter.Stock;
import io.viking.scheduler.filter.Taints;
import io.viking.scheduler.filter.VSwitchDemands;
import io.viking.scheduler.filter.VSwitches;
import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.filter.VolumeZones;
import io.viking.scheduler.filter.ZoneFilter;
import io.viking.scheduler.filter.ZoneOpen;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.rule.PlacementRule;
import io.viking.scheduler.rule.PodAffinity;
import io.viking.scheduler.rule.PodAntiAffinity;
import io.viking.scheduler.rule.Standing;
import io.viking.scheduler.rule.TopologySpread;
import io.viking.scheduler.score.Evenness;
import io.viking.scheduler.score.PreferredNodes;
import io.viking.scheduler.score.PreferredPods;
import io.viking.scheduler.score.PreferredTaints;
import io.viking.scheduler.score.ProvisioningTrouble;
import io.viking.scheduler.score.RecentTrouble;
import io.viking.scheduler.score.SoftSpread;
import io.viking.scheduler.score.Spare;
import io.viking.scheduler.score.VSwitchOrder;
import io.viking.scheduler.score.ZoneScore;
import io.viking.scheduler.type.TypeChooser;
import io.viking.scheduler.volume.ClaimVerdict;
import io.viking.scheduler.volume.VolumeNeeds;
import io.viking.scheduler.zone.Assortment;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Site;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides a group of pods that cannot be told apart. A function of its arguments: it changes
 * nothing.
 *
 * @param groupFilters before any zone is looked at
 * @param constraints what the pod and the zone are; a zone that passes may run the pod, now or
 *     later
 * @param supplies what the zone has left now
 * @param rules what depends on who is there
 * @param scores the first decides, the next where it is equal, and so on
 */
public record GroupDecider(
    List<GroupFilter> groupFilters,
    List<ZoneFilter> constraints,
    List<ZoneFilter> supplies,
    List<PlacementRule> rules,
    List<ZoneScore> scores) {

  /** By the default policy. */
  public static GroupDecider standard() {
    return standard(PlacementPolicy.SPREAD);
  }

  /** What the pod asks for by name comes first; the policy says what then. */
  public static GroupDecider standard(PlacementPolicy policy) {
    return new GroupDecider(
        List.of(new DaemonSets(), new Flaws(), new NodeDemands(), new VSwitchDemands()),
        List.of(
            new NodePresent(),
            new NodeAffinity(),
            new Taints(),
            new VolumeZones(),
            new VSwitches(),
            new Sold(),
            new ZoneOpen()),
        List.of(new SpotPrice(), new Stock(), new FreeAddresses()),
        List.of(new TopologySpread(), new PodAffinity(), new PodAntiAffinity()),
        scores(policy));
  }

  /** The same filters and rules, with another last word on the zones that pass. */
  public GroupDecider scoredBy(List<ZoneScore> others) {
    return new GroupDecider(groupFilters, constraints, supplies, rules, others);
  }

  private static List<ZoneScore> scores(PlacementPolicy policy) {
    return Stream.of(
            List.of(
                new ProvisioningTrouble(),
                new PreferredNodes(),
                new PreferredPods(),
                new PreferredTaints(),
                new VSwitchOrder(),
                new RecentTrouble(),
                new SoftSpread()),
            policy.scores(),
            List.of(new Evenness(), new Spare()))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * @param pods how many, at least one
   */
  public Decision decide(PodShape shape, int pods, World world) {
    for (GroupFilter filter : groupFilters) {
      if (filter.check(shape, world.sites()) instanceof Verdict.Reject reject) {
        return refused(world, reject.reason(), reject.cures());
      }
    }
    return switch (world.claims().apply(shape)) {
      case ClaimVerdict.Wait(String reason, var cures) -> refused(world, reason, cures);
      case ClaimVerdict.Known(VolumeNeeds volumes) -> decide(shape, volumes, pods, world);
    };
  }

  private Decision decide(PodShape shape, VolumeNeeds volumes, int pods, World world) {
    return switch (choose(shape, world)) {
      case Assortment.Choice.None none ->
          refused(world, none.reason(), Set.of(new Cure.TypesChanged()));
      case Assortment.Choice.Types types ->
          pour(
              new Request(shape, types.types(), types.implied(), volumes),
              volumes.oneByOne() ? 1 : pods,
              world);
    };
  }

  private Decision pour(Request request, int pods, World world) {
    return Fallbacks.share(
        open(request, world).run(pods), zone -> open(request, world.without(zone)).run(pods));
  }

  static Assortment.Choice choose(PodShape shape, World world) {
    return TypeChooser.choose(shape, world.sites(), world.assortment());
  }

  /** Says of each filter, rule and score what it makes of one more pod. Not for every pod: slow. */
  public Review review(PodShape shape, World world) {
    return new Reviewer(this, shape, world).review();
  }

  private static Decision refused(World world, String reason, Set<Cure> cures) {
    return new Decision(
        List.of(), Optional.of(Explanation.whole(world.sites().size(), reason, cures)));
  }

  /** All zones looked at, nobody placed yet. */
  Pour open(Request request, World world) {
    List<Standing> standings =
        rules.stream()
            .flatMap(rule -> rule.open(request.shape(), world.population(), world.sites()).stream())
            .toList();
    List<ZoneScore.Costs> costs =
        scores.stream()
            .map(score -> score.open(request, world.population(), world.sites()))
            .filter(cost -> cost != ZoneScore.Costs.NONE)
            .toList();
    var pour = new Pour(request, world, standings, costs);
    for (Site site : world.sites()) {
      Optional<Verdict.Reject> barred = firstReject(constraints, request, site);
      if (barred.isPresent()) {
        pour.bar(barred.get());
        continue;
      }
      Optional<Verdict.Reject> empty = firstReject(supplies, request, site);
      if (empty.isPresent()) {
        pour.empty(site, empty.get());
      } else {
        pour.open(site);
      }
    }
    return pour;
  }

  private static Optional<Verdict.Reject> firstReject(
      List<ZoneFilter> filters, Request request, Site site) {
    for (ZoneFilter filter : filters) {
      if (filter.check(request, site) instanceof Verdict.Reject reject) {
        return Optional.of(reject);
      }
    }
    return Optional.empty();
  }
}
