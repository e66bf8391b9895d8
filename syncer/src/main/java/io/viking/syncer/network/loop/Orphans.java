package io.viking.syncer.network.loop;

import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.syncer.network.lb.ServiceBalancer;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.pods.orphans.OrphanGuard;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Load balancers and records that nobody known wants, found in the cloud: before they are deleted
 * the API server itself is asked, and if they are many at once, a person.
 */
final class Orphans {
  private final World world;
  private final Roster roster;
  private final BalancerCensus balancers;
  private final RecordBooks records;
  private final Outbox outbox;
  private final NetworkConfig config;
  private final OrphanGuard balancerGuard = new OrphanGuard();
  private final OrphanGuard recordGuard = new OrphanGuard();
  private final Map<Long, Question> calls = new HashMap<>();
  private final Set<Question> asked = new HashSet<>();
  private final Set<Question> approved = new HashSet<>();
  private Instant notBefore = Instant.MIN;
  private int failures;
  private int held;

  /** What is looked for, and for whose sake. */
  private record Question(Optional<LoadBalancerRef> balancer, Optional<NamespacedName> service) {}

  Orphans(
      World world,
      Roster roster,
      BalancerCensus balancers,
      RecordBooks records,
      Outbox outbox,
      NetworkConfig config) {
    this.world = world;
    this.roster = roster;
    this.balancers = balancers;
    this.records = records;
    this.outbox = outbox;
    this.config = config;
  }

  /** How many wait for a person. */
  int held() {
    return held;
  }

  /** A person has looked at those that are held now. */
  void approveAll() {
    balancers.suspects().forEach(ref -> approved.add(ofBalancer(ref)));
    records.suspects().forEach(name -> approved.add(ofRecords(name)));
  }

  /** To be called when both sides are known. */
  void act() {
    Set<LoadBalancerRef> lonely = balancers.suspects();
    Set<NamespacedName> nameless = records.suspects();
    boolean holdsBalancers =
        balancerGuard.holds(
            (int) lonely.stream().filter(ref -> !approved.contains(ofBalancer(ref))).count(),
            roster.all().size());
    boolean holdsRecords =
        recordGuard.holds(
            (int) nameless.stream().filter(name -> !approved.contains(ofRecords(name))).count(),
            records.size());
    held = 0;
    for (LoadBalancerRef ref : lonely) {
      consider(ofBalancer(ref), holdsBalancers);
    }
    for (NamespacedName name : nameless) {
      consider(ofRecords(name), holdsRecords);
    }
  }

  private void consider(Question question, boolean holds) {
    if (holds && !approved.contains(question)) {
      held++;
    } else if (!asked.contains(question)) {
      if (notBefore.isAfter(outbox.now())) {
        outbox.wakeAt(notBefore);
        return;
      }
      long call = outbox.nextCall();
      asked.add(question);
      calls.put(call, question);
      outbox.add(new NetworkEffect.LookUp(call, question.service()));
    }
  }

  private Question ofBalancer(LoadBalancerRef ref) {
    Optional<NamespacedName> service =
        roster
            .get(ref)
            .flatMap(Balancer::answer)
            .map(one -> one.getTagsOrDefault(ServiceBalancer.OWNER_TAG, ""))
            .filter(tag -> tag.startsWith("Service/"))
            .map(tag -> NamespacedName.parse(tag.substring("Service/".length())));
    return new Question(Optional.of(ref), service);
  }

  private static Question ofRecords(NamespacedName service) {
    return new Question(Optional.empty(), Optional.of(service));
  }

  /** The API server has answered. Who wants it after all is seen by and by, and not here. */
  void lookedUp(NetworkEvent.LookedUp answer) {
    Question question = calls.remove(answer.call());
    if (question == null) {
      return;
    }
    asked.remove(question);
    if (isWanted(question, answer)) {
      later();
      return;
    }
    failures = 0;
    approved.remove(question);
    question.balancer().ifPresent(balancers::approve);
    if (question.balancer().isEmpty()) {
      question.service().ifPresent(records::approve);
    }
  }

  private boolean isWanted(Question question, NetworkEvent.LookedUp answer) {
    if (question.balancer().isEmpty()) {
      return !answer.services().isEmpty();
    }
    return answer.services().stream()
            .anyMatch(service -> ServiceBalancer.wanted(service).equals(question.balancer()))
        || answer.ingresses().stream()
            .anyMatch(ingress -> world.wanted(ingress).equals(question.balancer()));
  }

  private void later() {
    notBefore = outbox.now().plus(config.cloud().pause(failures++, "orphans"));
    outbox.wakeAt(notBefore);
  }

  void failed(long call) {
    Question question = calls.remove(call);
    if (question != null) {
      asked.remove(question);
      later();
    }
  }
}
