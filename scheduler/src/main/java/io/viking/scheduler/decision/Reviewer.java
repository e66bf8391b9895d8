package io.viking.scheduler.decision;

import io.viking.scheduler.filter.Request;
import io.viking.scheduler.filter.Verdict;
import io.viking.scheduler.filter.ZoneFilter;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.rule.PlacementRule;
import io.viking.scheduler.rule.Standing;
import io.viking.scheduler.score.Slot;
import io.viking.scheduler.score.ZoneScore;
import io.viking.scheduler.volume.ClaimVerdict;
import io.viking.scheduler.volume.VolumeNeeds;
import io.viking.scheduler.zone.Assortment;
import io.viking.scheduler.zone.Site;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Asks a {@link GroupDecider}'s filters, rules and scores about one more pod of a shape, and writes
 * down all that they say, where a decision stops at the first that rejects.
 */
final class Reviewer {
  private final GroupDecider decider;
  private final PodShape shape;
  private final World world;

  Reviewer(GroupDecider decider, PodShape shape, World world) {
    this.decider = decider;
    this.shape = shape;
    this.world = world;
  }

  Review review() {
    var whole = new ArrayList<Review.Check>();
    decider
        .groupFilters()
        .forEach(filter -> whole.add(check(filter.name(), filter.check(shape, world.sites()))));
    VolumeNeeds volumes =
        switch (world.claims().apply(shape)) {
          case ClaimVerdict.Wait(String reason, var _) -> {
            whole.add(new Review.Check("Claims", reason));
            yield VolumeNeeds.NONE;
          }
          case ClaimVerdict.Known(VolumeNeeds needs) -> {
            whole.add(new Review.Check("Claims", ""));
            yield needs;
          }
        };
    List<Review.ZoneReview> zones =
        switch (GroupDecider.choose(shape, world)) {
          case Assortment.Choice.None none -> {
            whole.add(new Review.Check("Types", none.reason()));
            yield List.of();
          }
          case Assortment.Choice.Types types -> {
            whole.add(new Review.Check("Types", ""));
            boolean refused = whole.stream().anyMatch(check -> !check.reject().isEmpty());
            yield zones(new Request(shape, types.types(), types.implied(), volumes), refused);
          }
        };
    return new Review(decider.decide(shape, 1, world), whole, zones);
  }

  /**
   * @param refused the pod goes nowhere, whatever the zones say
   */
  private List<Review.ZoneReview> zones(Request request, boolean refused) {
    Map<String, Standing> standings = new LinkedHashMap<>();
    for (PlacementRule rule : decider.rules()) {
      rule.open(shape, world.population(), world.sites())
          .ifPresent(standing -> standings.put(rule.name(), standing));
    }
    Pour pour = decider.open(request, world);
    List<Slot> ranking = refused ? List.of() : pour.ranking();
    return world.sites().stream()
        .map(site -> zone(site, request, standings, pour, ranking))
        .toList();
  }

  private Review.ZoneReview zone(
      Site site, Request request, Map<String, Standing> standings, Pour pour, List<Slot> ranking) {
    var checks = new ArrayList<Review.Check>();
    for (ZoneFilter filter : decider.constraints()) {
      checks.add(check(filter, request, site));
    }
    for (ZoneFilter filter : decider.supplies()) {
      checks.add(check(filter, request, site));
    }
    for (PlacementRule rule : decider.rules()) {
      checks.add(
          check(
              rule.name(),
              Optional.ofNullable(standings.get(rule.name()))
                  .map(standing -> standing.check(site))
                  .orElse(Verdict.PASS)));
    }
    Optional<Slot> slot = pour.slot(site);
    checks.add(
        new Review.Check(
            "Quota", slot.flatMap(pour::shortage).map(Allowance.Shortage::reason).orElse("")));
    var marks = new ArrayList<Review.Mark>();
    if (slot.isPresent()) {
      for (ZoneScore score : decider.scores()) {
        long cost = score.open(request, world.population(), world.sites()).of(slot.get());
        marks.add(new Review.Mark(score.name(), cost, score.words(cost)));
      }
    }
    int place = slot.map(ranking::indexOf).orElse(-1);
    return new Review.ZoneReview(
        site.id(), checks, marks, place < 0 ? OptionalInt.empty() : OptionalInt.of(place + 1));
  }

  private static Review.Check check(ZoneFilter filter, Request request, Site site) {
    Review.Check check = check(filter.name(), filter.check(request, site));
    String detail = check.reject().isEmpty() ? "" : filter.detail(request, site);
    return detail.isEmpty()
        ? check
        : new Review.Check(check.name(), check.reject() + ": " + detail);
  }

  private static Review.Check check(String name, Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass() -> new Review.Check(name, "");
      case Verdict.Reject reject -> new Review.Check(name, reject.reason());
    };
  }
}
