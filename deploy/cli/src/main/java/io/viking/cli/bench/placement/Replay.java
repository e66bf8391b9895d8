package io.viking.cli.bench.placement;

import io.viking.cloud.client.CatalogSnapshot.OfferKey;
import io.viking.scheduler.decision.Decision;
import io.viking.scheduler.decision.Placement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One trace on one market with one rival, in virtual time. The scheduler's view is the real one: an
 * inventory that the catalog refreshes every minute, and placements taken off it in between.
 */
final class Replay {
  private final Market market;
  private final Rival rival;
  private final View view;
  private final Map<String, Crew> crews = new LinkedHashMap<>();
  private final Map<String, String> unseen = new HashMap<>();
  private final Bill bill;
  private final Concentrations concentrations = new Concentrations();
  private long now;
  private int uids;
  private int waited;
  private long waitedSeconds;
  private int refused;

  Replay(Market market, Rival rival) {
    this.market = market;
    this.rival = rival;
    this.bill = new Bill(market);
    this.view = new View(market.catalog(bill::live));
  }

  /** Once only. */
  Outcome run(Trace trace) {
    long tick = Market.TICK;
    for (Trace.Line line : trace.lines()) {
      for (; tick <= line.second(); tick += Market.TICK) {
        advance(tick);
        minute();
      }
      advance(line.second());
      apply(line);
    }
    return new Outcome(
        rival.name(),
        bill.money(),
        bill.podSeconds(),
        waited,
        waitedSeconds,
        refused + waiting(),
        concentrations.meanShare(),
        concentrations.worstShare(),
        concentrations.meanLoss(),
        concentrations.lostWhole());
  }

  private void advance(long to) {
    bill.pass(to - now);
    waitedSeconds += waiting() * (to - now);
    now = to;
  }

  /** Prices and stock move, the scheduler hears of it, and those who wait are tried again. */
  private void minute() {
    market.tick();
    unseen.forEach(view.inventory::started);
    unseen.clear();
    view.told(market.catalog(bill::live));
    crews.values().forEach(this::place);
    concentrations.sample(crews.values());
  }

  private void apply(Trace.Line line) {
    Crew crew =
        crews.computeIfAbsent(
            line.workload(), name -> new Crew(Pods.shape(name, line.size()), line.size().spot()));
    if (line.pods() > 0) {
      for (int i = 0; i < line.pods(); i++) {
        crew.waiting.addLast(new Crew.Pod("pod-" + uids++));
      }
      place(crew);
      for (Crew.Pod pod : crew.waiting) {
        waited += pod.hasWaited ? 0 : 1;
        pod.hasWaited = true;
      }
    } else {
      for (int i = 0; i < -line.pods(); i++) {
        remove(crew);
      }
    }
  }

  private void place(Crew crew) {
    while (!crew.waiting.isEmpty()) {
      Decision decision = rival.decide(crew.shape, crew.waiting.size(), view.world());
      if (decision.placements().isEmpty()) {
        return;
      }
      for (Placement placement : decision.placements()) {
        Crew.Pod pod = crew.waiting.removeFirst();
        crew.runs(pod, new OfferKey(placement.zone(), placement.type()));
        view.population.put(pod.uid, placement.zone(), crew.shape.crowd());
        view.inventory.claim(pod.uid, placement.zone(), placement.type());
        unseen.put(pod.uid, placement.zone());
        bill.add(pod.offer, crew.spot, 1);
      }
    }
  }

  /** Those that have no zone yet go first, the last that came of them. */
  private void remove(Crew crew) {
    if (!crew.waiting.isEmpty()) {
      crew.waiting.removeLast();
      refused++;
      return;
    }
    Crew.Pod pod = crew.leaves();
    view.population.remove(pod.uid);
    view.inventory.release(pod.uid);
    unseen.remove(pod.uid);
    bill.add(pod.offer, crew.spot, -1);
  }

  private int waiting() {
    return crews.values().stream().mapToInt(crew -> crew.waiting.size()).sum();
  }
}
