package io.viking.scheduler.testing;

import io.viking.scheduler.pod.AffinityTerm;
import io.viking.scheduler.pod.Bid;
import io.viking.scheduler.pod.ClaimUse;
import io.viking.scheduler.pod.CloudWishes;
import io.viking.scheduler.pod.Crowd;
import io.viking.scheduler.pod.FamilyWishes;
import io.viking.scheduler.pod.Needs;
import io.viking.scheduler.pod.PodScope;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.pod.SpreadConstraint;
import io.viking.scheduler.pod.Ties;
import io.viking.scheduler.pod.WeightedTerm;
import io.viking.scheduler.pod.Workload;
import io.viking.scheduler.selector.LabelMatch;
import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.selector.NodeTerm;
import io.viking.scheduler.selector.NodeWishes;
import io.viking.scheduler.selector.Toleration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Builds the shape of a pod of namespace "shop" and owner "web", 1 vCPU and 2 GiB. */
public final class Shape {
  public static final String ZONE = "topology.kubernetes.io/zone";

  private String namespace = "shop";
  private String owner = "web";
  private Map<String, String> labels = Map.of("app", "web");
  private int priority;
  private boolean preempts = true;
  private Map<String, String> selector = Map.of();
  private Optional<List<NodeTerm>> required = Optional.empty();
  private List<NodeWishes.Preferred> preferredNodes = List.of();
  private List<Toleration> tolerations = List.of();
  private Needs needs = new Needs(1000, 2048, 0);
  private List<String> types = List.of();
  private List<String> vswitches = List.of();
  private boolean vswitchesInOrder;
  private Optional<Bid> bid = Optional.empty();
  private FamilyWishes families = FamilyWishes.NONE;
  private boolean failFast;
  private boolean daemon;
  private final List<ClaimUse> claims = new ArrayList<>();
  private List<String> flaws = List.of();
  private final List<SpreadConstraint> spread = new ArrayList<>();
  private final List<SpreadConstraint> softSpread = new ArrayList<>();
  private final List<AffinityTerm> near = new ArrayList<>();
  private final List<AffinityTerm> away = new ArrayList<>();
  private final List<WeightedTerm> preferred = new ArrayList<>();

  public static Shape shape() {
    return new Shape();
  }

  public Shape namespace(String value) {
    namespace = value;
    return this;
  }

  public Shape owner(String value) {
    owner = value;
    labels = Map.of("app", value);
    return this;
  }

  public Shape labels(Map<String, String> value) {
    labels = value;
    return this;
  }

  public Shape priority(int value) {
    priority = value;
    return this;
  }

  public Shape neverPreempts() {
    preempts = false;
    return this;
  }

  public Shape selector(String key, String value) {
    return selectors(Map.of(key, value));
  }

  public Shape selectors(Map<String, String> labels) {
    selector = labels;
    return this;
  }

  public Shape selector(Map<String, String> value) {
    selector = value;
    return this;
  }

  /** By a required term on {@code metadata.name}. */
  public Shape onNode(String name) {
    required =
        Optional.of(
            List.of(new NodeTerm(List.of(), List.of(LabelRule.is(NodeTerm.NAME_FIELD, name)))));
    return this;
  }

  public Shape required(LabelRule... rules) {
    required = Optional.of(List.of(new NodeTerm(List.of(rules), List.of())));
    return this;
  }

  /** Terms of a required affinity, each its rules. */
  @SafeVarargs
  public final Shape anyOf(List<LabelRule>... terms) {
    required = Optional.of(Stream.of(terms).map(rules -> new NodeTerm(rules, List.of())).toList());
    return this;
  }

  public Shape prefer(int weight, LabelRule rule) {
    preferredNodes =
        List.of(new NodeWishes.Preferred(weight, new NodeTerm(List.of(rule), List.of())));
    return this;
  }

  public Shape tolerate(String key, String operator, String value, String effect) {
    tolerations = List.of(new Toleration(key, operator, value, effect));
    return this;
  }

  public Shape needs(long milliVcpu, long memoryMib, long gpus) {
    needs = new Needs(milliVcpu, memoryMib, gpus);
    return this;
  }

  public Shape types(String... names) {
    types = List.of(names);
    return this;
  }

  public Shape families(String... names) {
    return families(new FamilyWishes(List.of(names), List.of(), List.of(), List.of()));
  }

  public Shape families(FamilyWishes value) {
    families = value;
    return this;
  }

  public Shape vswitches(boolean inOrder, String... ids) {
    vswitches = List.of(ids);
    vswitchesInOrder = inOrder;
    return this;
  }

  public Shape spot() {
    return bid(Bid.ANY, false);
  }

  public Shape bid(long limit, boolean fallback) {
    bid = Optional.of(new Bid(limit, fallback));
    return this;
  }

  public Shape failFast() {
    failFast = true;
    return this;
  }

  public Shape daemon() {
    daemon = true;
    return this;
  }

  public Shape claim(String name) {
    claims.add(new ClaimUse(name, ""));
    return this;
  }

  public Shape ephemeral(String name, String podUid) {
    claims.add(new ClaimUse(name, podUid));
    return this;
  }

  public Shape flaw(String sentence) {
    flaws = List.of(sentence);
    return this;
  }

  public Shape spread(int maxSkew, String app) {
    return spread(maxSkew, app, 1, true, false);
  }

  public Shape spread(
      int maxSkew, String app, int minDomains, boolean honorAffinity, boolean honorTaints) {
    spread.add(
        new SpreadConstraint(ZONE, scope(app), maxSkew, minDomains, honorAffinity, honorTaints));
    return this;
  }

  public Shape spread(SpreadConstraint constraint) {
    spread.add(constraint);
    return this;
  }

  /** With ScheduleAnyway. */
  public Shape softSpread(int maxSkew, String app) {
    softSpread.add(new SpreadConstraint(ZONE, scope(app), maxSkew, 1, true, false));
    return this;
  }

  public Shape near(String app) {
    return near(scope(app));
  }

  public Shape near(PodScope scope) {
    return near(ZONE, scope);
  }

  public Shape near(String topologyKey, PodScope scope) {
    near.add(new AffinityTerm(topologyKey, scope));
    return this;
  }

  public Shape awayFrom(String app) {
    return awayFrom(scope(app));
  }

  public Shape awayFrom(PodScope scope) {
    return awayFrom(ZONE, scope);
  }

  public Shape awayFrom(String topologyKey, PodScope scope) {
    away.add(new AffinityTerm(topologyKey, scope));
    return this;
  }

  /**
   * @param weight negative for anti-affinity
   */
  public Shape preferPods(int weight, String app) {
    return preferPods(weight, scope(app));
  }

  public Shape preferPods(int weight, PodScope scope) {
    preferred.add(new WeightedTerm(weight, new AffinityTerm(ZONE, scope)));
    return this;
  }

  public PodShape build() {
    return new PodShape(
        crowd(),
        priority,
        preempts,
        new NodeWishes(selector, required, preferredNodes),
        tolerations,
        needs,
        needs,
        new CloudWishes(types, vswitches, vswitchesInOrder, bid, families, failFast),
        spread,
        softSpread,
        daemon,
        claims,
        flaws);
  }

  public Crowd crowd() {
    return crowd(false);
  }

  public Crowd crowd(boolean terminating) {
    return new Crowd(
        Workload.of(namespace, owner, labels),
        labels,
        terminating,
        new Ties(near, away, preferred));
  }

  private PodScope scope(String app) {
    return PodScope.in(namespace, LabelMatch.allOf(List.of(LabelRule.is("app", app))));
  }
}
