package io.viking.adapter.sim.core;

import static io.viking.adapter.sim.core.SimInstance.NEVER;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.limits.Refusals;
import io.viking.adapter.sim.limits.TokenBucket;
import io.viking.adapter.sim.network.Network;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.state.DeleteOrder;
import io.viking.adapter.sim.state.FileUpdate;
import io.viking.adapter.sim.state.Operate;
import io.viking.adapter.sim.state.Order;
import io.viking.adapter.sim.state.Record;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.Quota;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A cloud of container instances in one thread and in whatever time it is told.
 *
 * <p>Commands ({@link #create}, {@link #delete}, {@link #operate}) take effect at the time given;
 * everything that was due before happens first, each thing at its own time. So the state at a
 * moment follows from the profile, the seed and the commands alone, whenever and however often
 * {@link #advance} was called between them: that is what lets a journal of commands rebuild it.
 * Time never goes back: an earlier time is taken for the latest one.
 *
 * <p>Not thread safe, and nothing here blocks. A command costs O(log n) per item, a timer O(log n).
 */
public final class SimCloud {
  private final SimProfile profile;
  private final long seed;
  private final SplitMix random;
  private final Inventory inventory;
  private final Ledger ledger;
  private final Fences fences = new Fences();
  private final Registry registry = new Registry();
  private final TimerQueue timers = new TimerQueue();
  private final Lifecycle lifecycle;
  private final Market market;
  private final Showcase showcase;
  private final Belongings belongings = new Belongings();
  private final Admission admission;
  private final TokenBucket creates;
  private final TokenBucket deletes;
  private final Changes changes;
  private final Network network;

  private long now;
  private long nextSerial;
  private long nextMarket;

  /** An empty cloud that begins at that time. */
  public SimCloud(SimProfile profile, long seed, Instant start) {
    this(profile, Snapshot.empty(profile, seed, start.toEpochMilli()));
  }

  private SimCloud(SimProfile profile, Snapshot snapshot) {
    var header = snapshot.header();
    this.profile = profile;
    this.seed = header.getSeed();
    this.now = header.getNow();
    this.changes = new Changes(header.getRevision());
    this.nextSerial = header.getNextSerial();
    this.nextMarket = header.getNextMarket();
    this.random = new SplitMix(header.getRandomState());
    this.inventory = new Inventory(profile);
    this.ledger = Ledger.restore(snapshot.meters(), inventory::changed, inventory::changed);
    this.lifecycle = new Lifecycle(profile, random, ledger, belongings);
    this.market = new Market(profile.spot(), inventory, random, this::ask);
    Quotas quotas = new Quotas(profile);
    this.creates = TokenBucket.restore(profile.rates().create(), header.getCreateBucket());
    this.deletes = TokenBucket.restore(profile.rates().delete(), header.getDeleteBucket());
    this.admission = new Admission(inventory, ledger, fences, quotas, creates);
    snapshot.applyTo(inventory, fences);
    Map<ByteString, ByteString> contents = Contents.byHash(snapshot.blobs());
    for (SimInstance instance : snapshot.instances(inventory)) {
      belongings.restored(instance, contents);
      registry.add(instance);
      ledger.restored(instance);
      timers.reschedule(instance);
    }
    snapshot.restoreCursors(inventory);
    this.showcase = new Showcase(inventory, quotas, ledger, now);
    this.network = Network.restore(profile, seed, random, snapshot.network(), now);
  }

  /**
   * The cloud that {@link #snapshot} described, under that profile.
   *
   * @throws SnapshotException if an instance stands in a zone, vSwitch or type that the profile
   *     does not have
   */
  public static SimCloud restore(SimProfile profile, List<Record> records) {
    return new SimCloud(profile, Snapshot.read(records));
  }

  /** Everything that {@link #restore} needs, in an order that depends on the state alone. */
  public List<Record> snapshot() {
    return Snapshot.write(
        Snapshot.header(profile, seed)
            .setNow(now)
            .setRevision(changes.revision())
            .setRandomState(random.state())
            .setNextSerial(nextSerial)
            .setNextMarket(nextMarket)
            .setCreateBucket(creates.save())
            .setDeleteBucket(deletes.save())
            .build(),
        inventory,
        ledger.save(now),
        fences.save(),
        belongings.contents.save(),
        registry.all(),
        network.snapshot());
  }

  public SimProfile profile() {
    return profile;
  }

  /** The latest time that it was told. */
  public Instant now() {
    return Instant.ofEpochMilli(now);
  }

  /** The time at which a command given at that moment takes effect. */
  public Instant effective(Instant at) {
    return Instant.ofEpochMilli(Math.max(now, at.toEpochMilli()));
  }

  public long revision() {
    return changes.revision();
  }

  /** Leaves a gap, so that no revision given before can be mistaken for one given after. */
  public void skipRevisions(long count) {
    changes.skipRevisions(count);
  }

  /** Does everything that is due until then, each at its time. */
  public void advance(Instant until) {
    advance(until.toEpochMilli());
  }

  /** When the next thing happens by itself. */
  public Optional<Instant> nextDeadline() {
    return next() == NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(next()));
  }

  /**
   * Buys, item by item; the outcomes stand in the order of the items.
   *
   * @param contents what the orders refer to and {@link #contents} do not have, by hash
   */
  public List<CreateOutcome> create(
      String cluster, List<Order> orders, Map<ByteString, ByteString> contents, Instant at) {
    advance(at.toEpochMilli());
    return orders.stream().map(order -> create(cluster, order, contents)).toList();
  }

  /** Replaces files of instances that run, item by item; see {@link #create} for the contents. */
  public List<Optional<CloudFailure>> update(
      String cluster, List<FileUpdate> updates, Map<ByteString, ByteString> contents, Instant at) {
    advance(at.toEpochMilli());
    return updates.stream()
        .map(one -> belongings.update(registry.find(cluster, one.getUid()), one, contents))
        .toList();
  }

  /** What the files of all that lives hold. */
  public Contents contents() {
    return belongings.contents;
  }

  /** Stops and removes, item by item; the outcomes stand in the order of the items. */
  public List<DeleteOutcome> delete(String cluster, List<DeleteOrder> orders, Instant at) {
    advance(at.toEpochMilli());
    return orders.stream().map(order -> delete(cluster, order)).toList();
  }

  /**
   * What an operator does: stock, zones on and off sale, spot prices, reclaims.
   *
   * @return false if there is no such zone, type or instance
   */
  public boolean operate(Operate operate) {
    advance(operate.getNow());
    return new Operations(inventory, market, registry, this::ask).run(operate, now);
  }

  /** Load balancers and zones; what is asked of them is asked as of {@link #now}. */
  public Network network() {
    return network;
  }

  /** Does a command again that was journalled; anything else is no command. */
  public void replay(Record command) {
    Commands.replay(this, command);
  }

  /** The instance of that key, alive or ended. */
  public Optional<Instance> find(String cluster, String uid) {
    return registry.find(cluster, uid).map(this::view);
  }

  /**
   * A view of one instance that goes on when it has left the lists. To be read on this cloud's
   * thread, like everything here.
   */
  public Optional<Supplier<InstanceFacts>> facts(String cluster, String uid) {
    return registry.find(cluster, uid).map(instance -> () -> InstanceFacts.of(instance));
  }

  /** Of all instances of a cluster that have not ended, oldest first, by UID. */
  public Map<String, InstanceFacts> liveFacts(String cluster) {
    return InstanceFacts.ofLive(registry.after(cluster, 0));
  }

  /** Those of a cluster made after that serial (0: from the first), oldest first. */
  public InstancePage list(String cluster, long afterSerial, int most) {
    return InstancePage.cut(registry.after(cluster, afterSerial), afterSerial, most, this::view);
  }

  /** What changed since the last call, by revision; several changes of one come as the last. */
  public List<InstanceChange> drainChanges() {
    return changes.drain(this::view);
  }

  /** What changed in the catalog since the last call. */
  public CatalogView drainCatalog() {
    return showcase.drain(now);
  }

  public CatalogView catalog() {
    return showcase.whole(now);
  }

  /** Sums of one cluster, or of the whole account if its name is empty. */
  public Usage usage(String cluster) {
    return ledger.usage(cluster, now);
  }

  public List<Quota> quotas() {
    return showcase.quotas(now);
  }

  private long next() {
    return Math.min(timers.next(), nextMarket);
  }

  private void advance(long until) {
    for (long next = next(); next <= until; next = next()) {
      now = Math.max(now, next);
      if (nextMarket == next) {
        nextMarket += profile.spot().intervalMillis();
        market.tick(next);
      } else {
        SimInstance instance = timers.first();
        settle(instance, lifecycle.step(instance, next));
      }
    }
    now = Math.max(now, until);
  }

  private CreateOutcome create(String cluster, Order order, Map<ByteString, ByteString> contents) {
    Optional<SimInstance> before = registry.find(cluster, order.getUid());
    return switch (admission.decide(cluster, order, before, now)) {
      case Admission.Verdict.Existing existing ->
          new CreateOutcome.Existing(view(existing.instance()));
      case Admission.Verdict.Refused refused -> new CreateOutcome.Refused(refused.failure());
      case Admission.Verdict.Granted granted -> {
        before.ifPresent(this::remove);
        SimInstance instance = make(cluster, order, granted.place());
        belongings.born(instance, contents);
        yield new CreateOutcome.Accepted(view(instance));
      }
    };
  }

  private SimInstance make(String cluster, Order order, Placement.Found found) {
    long due = now + profile.latency().sandbox().draw(random);
    SimInstance instance = found.deal(seed, nextSerial++, cluster, order, now, due);
    ledger.born(instance, now);
    registry.add(instance);
    settle(instance, true);
    return instance;
  }

  private DeleteOutcome delete(String cluster, DeleteOrder order) {
    Optional<SimInstance> found = registry.find(cluster, order.getUid(), order.getAttempt());
    if (found.filter(instance -> !instance.stopping()).isPresent()) {
      Optional<CloudFailure> throttled =
          deletes.take(now).map(wait -> Refusals.throttled("delete", wait));
      if (throttled.isPresent()) {
        return new DeleteOutcome.Refused(throttled.get());
      }
    }
    fences.raise(cluster, order.getUid(), order.getAttempt(), now);
    if (found.isEmpty()) {
      return new DeleteOutcome.Absent();
    }
    SimInstance instance = found.get();
    if (instance.live()) {
      lifecycle.stop(instance, now, order.getGraceMillis());
      settle(instance, true);
    } else {
      remove(instance);
    }
    return new DeleteOutcome.Stopping();
  }

  private void ask(SimInstance instance) {
    lifecycle.ask(instance, now);
    settle(instance, true);
  }

  /** After anything has happened to an instance. */
  private void settle(SimInstance instance, boolean visible) {
    if (!instance.live() && instance.stopping()) {
      remove(instance);
      return;
    }
    if (visible) {
      changes.add(instance);
    }
    timers.reschedule(instance);
  }

  private void remove(SimInstance instance) {
    instance.removed = true;
    registry.remove(instance);
    fences.raise(instance.cluster, instance.order.getUid(), instance.order.getAttempt(), now);
    changes.add(instance);
    timers.reschedule(instance);
  }

  private Instance view(SimInstance instance) {
    return InstanceView.of(instance, profile.currency(), now);
  }
}
