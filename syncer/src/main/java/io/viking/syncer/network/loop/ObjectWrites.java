package io.viking.syncer.network.loop;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.syncer.network.ingress.Ingress;
import io.viking.syncer.network.lb.Owner;
import io.viking.syncer.network.service.ObjectMeta;
import io.viking.syncer.network.service.Service;
import io.viking.syncer.network.service.StatusCondition;
import io.viking.syncer.network.service.StatusIngress;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finalizers and statuses of Services and Ingresses: at most one write per object at once, decided
 * on what was seen of it last. The API server refuses a write for a state that has passed.
 */
final class ObjectWrites {
  private final World world;
  private final Roster balancers;
  private final Outbox outbox;
  private final NetworkConfig config;
  private final Set<Owner> dirty = new LinkedHashSet<>();

  /** Those that are let go when the cloud has nothing more of them. */
  private final Set<Owner> leaving = new LinkedHashSet<>();

  private final Map<Long, Owner> calls = new HashMap<>();
  private final Map<Owner, Book> books = new HashMap<>();

  /** What was written of an object. */
  private static final class Book {
    boolean isBusy;
    int failures;
    Instant notBefore = Instant.MIN;

    /** What was written, on which state of the object: its successor has to be seen first. */
    Optional<Written> written = Optional.empty();
  }

  private record Written(String uid, String resourceVersion, Object content) {}

  /**
   * A write that is to be made.
   *
   * @param content what makes it another one; its time does not
   */
  private record Patch(String subresource, Object content, String json) {}

  ObjectWrites(World world, Roster balancers, Outbox outbox, NetworkConfig config) {
    this.world = world;
    this.balancers = balancers;
    this.outbox = outbox;
    this.config = config;
  }

  /** What an object should carry may have changed. */
  void changed(Owner owner) {
    dirty.add(owner);
  }

  /** The cloud may have less than before. */
  void cloudChanged() {
    dirty.addAll(leaving);
    leaving.clear();
  }

  /**
   * Does what is due.
   *
   * @param cloudKnown whether it is known what the cloud has: before that nothing is let go
   */
  void act(boolean cloudKnown) {
    for (Owner owner : List.copyOf(dirty)) {
      Optional<ObjectMeta> meta = world.meta(owner);
      if (meta.isEmpty()) {
        dirty.remove(owner);
        books.remove(owner);
        continue;
      }
      Book book = books.computeIfAbsent(owner, _ -> new Book());
      if (book.isBusy) {
        continue;
      }
      if (book.notBefore.isAfter(outbox.now())) {
        outbox.wakeAt(book.notBefore);
        continue;
      }
      Optional<Patch> patch = next(owner, meta.get(), cloudKnown);
      if (patch.isEmpty()) {
        dirty.remove(owner);
        books.remove(owner);
      } else {
        var written =
            new Written(meta.get().uid(), meta.get().resourceVersion(), patch.get().content());
        if (!book.written.equals(Optional.of(written))) {
          book.written = Optional.of(written);
          write(owner, book, patch.get());
        }
      }
    }
  }

  private void write(Owner owner, Book book, Patch patch) {
    long call = outbox.nextCall();
    book.isBusy = true;
    calls.put(call, owner);
    outbox.add(new NetworkEffect.Write(call, owner, patch.subresource(), patch.json()));
  }

  boolean answered(NetworkEvent.Written written) {
    Owner owner = calls.remove(written.call());
    if (owner == null) {
      return false;
    }
    Book book = books.computeIfAbsent(owner, _ -> new Book());
    book.isBusy = false;
    switch (written.answer()) {
      case DONE -> book.failures = 0;
      // Whatever is there now is seen by and by.
      case STALE, GONE -> {}
      case REFUSED, FAILED -> {
        boolean isRefused = written.answer() == NetworkEvent.WriteAnswer.REFUSED;
        var pauses = isRefused ? config.human() : config.cloud();
        var pause = pauses.pause(book.failures++, owner.toString());
        book.written = Optional.empty();
        book.notBefore =
            outbox
                .now()
                .plus(
                    written.retryAfter().filter(asked -> asked.compareTo(pause) > 0).orElse(pause));
      }
    }
    dirty.add(owner);
    return true;
  }

  private Optional<Patch> next(Owner owner, ObjectMeta meta, boolean cloudKnown) {
    boolean hasFinalizer = Finalizers.has(Optional.of(meta));
    Optional<LoadBalancerRef> wanted = world.wanted(owner);
    if (wanted.isPresent()) {
      return hasFinalizer ? status(owner, meta, wanted.get()) : Optional.of(finalizers(meta, true));
    }
    if (!hasFinalizer) {
      return Optional.empty();
    }
    if (!cloudKnown || isHeld(owner, meta)) {
      leaving.add(owner);
      return Optional.empty();
    }
    Optional<Patch> farewell = meta.isDeleting() ? Optional.empty() : farewell(owner, meta);
    return farewell.isPresent() ? farewell : Optional.of(finalizers(meta, false));
  }

  /**
   * What we said in the status of an object that stays, and is true no more. Where a Service is
   * reached the API server forgets itself, when the type changes; what stands there with another
   * load balancer class is another controller's.
   */
  private Optional<Patch> farewell(Owner owner, ObjectMeta meta) {
    boolean isOver =
        switch (owner.kind()) {
          case SERVICE ->
              world.service(owner.name()).stream()
                  .flatMap(service -> service.conditions().stream())
                  .anyMatch(one -> one.type().equals(BalancerStatus.CONDITION));
          case INGRESS ->
              world.ingress(owner.name()).map(one -> !one.balancedAt().isEmpty()).orElse(false);
        };
    if (!isOver) {
      return Optional.empty();
    }
    String json =
        switch (owner.kind()) {
          case SERVICE -> BalancerStatus.withoutCondition(meta.uid(), meta.resourceVersion());
          case INGRESS ->
              BalancerStatus.patch(meta.uid(), meta.resourceVersion(), List.of(), Optional.empty());
        };
    return Optional.of(new Patch("status", "farewell", json));
  }

  private boolean isHeld(Owner owner, ObjectMeta meta) {
    LoadBalancerRef own = LoadBalancerRef.newBuilder().setKey(meta.uid()).build();
    return balancers.hold(owner) || balancers.get(own).map(Balancer::isThere).orElse(false);
  }

  private static Patch finalizers(ObjectMeta meta, boolean add) {
    JsonArray finalizers = new JsonArray();
    meta.finalizers().stream().filter(one -> !one.equals(Finalizers.OURS)).forEach(finalizers::add);
    if (add) {
      finalizers.add(Finalizers.OURS);
    }
    JsonObject metadata = new JsonObject();
    metadata.addProperty("uid", meta.uid());
    metadata.addProperty("resourceVersion", meta.resourceVersion());
    metadata.add("finalizers", finalizers);
    JsonObject patch = new JsonObject();
    patch.add("metadata", metadata);
    return new Patch("", add, patch.toString());
  }

  private Optional<Patch> status(Owner owner, ObjectMeta meta, LoadBalancerRef ref) {
    Optional<Balancer> balancer = balancers.get(ref);
    if (balancer.isEmpty()) {
      return Optional.empty();
    }
    return switch (owner.kind()) {
      case SERVICE ->
          world.service(owner.name()).flatMap(service -> ofService(service, meta, balancer.get()));
      case INGRESS ->
          world.ingress(owner.name()).flatMap(ingress -> ofIngress(ingress, meta, balancer.get()));
    };
  }

  private Optional<Patch> ofService(Service service, ObjectMeta meta, Balancer balancer) {
    Owner owner = Owner.service(service.name());
    Optional<CloudFailure> trouble = balancer.trouble(owner);
    if (!balancer.serves(owner) && trouble.isEmpty()) {
      return Optional.empty();
    }
    Optional<List<StatusIngress>> at =
        balancer
            .answer()
            .filter(_ -> balancer.holds(owner))
            .map(
                answer ->
                    BalancerStatus.ingress(
                        answer, BalancerStatus.ports(service, answer.getListenersList())));
    // Kubernetes lets no Service of another type say where it is.
    boolean mayTell = service.type() == Service.Type.LOAD_BALANCER;
    List<StatusIngress> desired = at.filter(_ -> mayTell).orElseGet(service::balancedAt);
    StatusCondition condition =
        BalancerStatus.condition(
            trouble, balancer.unserved(owner), at.filter(_ -> !mayTell).orElseGet(List::of));
    if (service.balancedAt().equals(desired) && service.conditions().contains(condition)) {
      return Optional.empty();
    }
    var write = new BalancerStatus.ConditionWrite(condition, outbox.now(), meta.generation());
    return Optional.of(
        new Patch(
            "status",
            List.of(desired, condition),
            BalancerStatus.patch(meta.uid(), meta.resourceVersion(), desired, Optional.of(write))));
  }

  private Optional<Patch> ofIngress(Ingress ingress, ObjectMeta meta, Balancer balancer) {
    Optional<LoadBalancer> answer =
        balancer
            .answer()
            .filter(_ -> balancer.isInForce() && balancer.holds(Owner.ingress(ingress.name())));
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    List<StatusIngress.Port> ports =
        answer.get().getListenersList().stream()
            .filter(
                listener ->
                    listener.getRulesList().stream()
                        .anyMatch(rule -> rule.getName().startsWith(ingress.name() + "/")))
            .map(listener -> new StatusIngress.Port(listener.getPort(), "TCP"))
            .toList();
    List<StatusIngress> desired = BalancerStatus.ingress(answer.get(), ports);
    return ingress.balancedAt().equals(desired)
        ? Optional.empty()
        : Optional.of(
            new Patch(
                "status",
                desired,
                BalancerStatus.patch(
                    meta.uid(), meta.resourceVersion(), desired, Optional.empty())));
  }
}
