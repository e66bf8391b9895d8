package io.viking.syncer.pods.files;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.errors.CloudFailure;
import io.viking.kube.loop.LoopCore;
import io.viking.kube.loop.Step;
import io.viking.syncer.pods.PodScope;
import io.viking.syncer.pods.creation.CreatePace;
import io.viking.syncer.pods.files.FilesEvent.Outcome;
import io.viking.syncer.pods.files.FilesEvent.Sight;
import io.viking.syncer.pods.lifecycle.PodObject;
import io.viking.syncer.pods.manifest.PodReferences;
import io.viking.syncer.pods.manifest.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Keeps what instances mount as it is in the API server.
 *
 * <p>Level-triggered: whatever happens to an object makes the pods that mount it due for a
 * <em>look</em>: their files are read, compared by digest with what the instance is known to have,
 * and sent if they differ. So it does no harm to look for nothing, and what waits for its turn is
 * always the latest. Each pod has at most one look under way.
 *
 * <p>Pods without an instance are followed for what they need to start; a change of that nudges
 * them.
 */
public final class FilesCore implements LoopCore<FilesEvent, FilesEffect> {
  private static final Duration UNSAID_PAUSE = Duration.ofSeconds(1);

  private final PodScope scope;
  private final boolean canUpdate;
  private final int batchItems;
  private final FilesConfig config;
  private final FilesObserver observer;
  private final Map<String, MountedFiles> pods = new HashMap<>();

  /** All instances that it was told of and that live, also of pods that are not known yet. */
  private final Map<String, Sight> instances = new HashMap<>();

  /** Pods of one workload refer to the same. */
  private final Interner<PodReferences> references = Interners.newWeakInterner();

  private final ReferenceIndex index = new ReferenceIndex();
  private final LookQueue queue;
  private final Map<Long, LookQueue.Batch> open = new HashMap<>();
  private final Map<String, Instant> wakes = new HashMap<>();
  private final CreatePace pace = new CreatePace(UNSAID_PAUSE);
  private Instant gateTimer = Instant.MIN;
  private long lastCall;
  private int stale;

  // Of the step that is being made.
  private Instant now = Instant.MIN;
  private final Set<String> nudged = new LinkedHashSet<>();
  private List<FilesEffect> effects = new ArrayList<>();
  private List<Step.Timer<FilesEvent>> timers = new ArrayList<>();

  /**
   * @param canUpdate the pool changes files of running instances; otherwise pods are only nudged
   * @param batchItems the most that the adapter takes in one call
   */
  public FilesCore(
      PodScope scope,
      boolean canUpdate,
      int batchItems,
      FilesConfig config,
      FilesObserver observer) {
    this.scope = scope;
    this.canUpdate = canUpdate;
    this.batchItems = Math.max(1, batchItems);
    this.config = config;
    this.observer = observer;
    this.queue = new LookQueue(config);
  }

  @Override
  public Step<FilesEvent, FilesEffect> step(List<FilesEvent> events, Instant time) {
    now = time;
    effects = new ArrayList<>();
    timers = new ArrayList<>();
    nudged.clear();
    events.forEach(this::hear);
    if (!nudged.isEmpty()) {
      effects.add(new FilesEffect.Nudge(List.copyOf(nudged)));
    }
    look();
    observer.stale(canUpdate ? stale : 0);
    return new Step<>(effects, timers);
  }

  private void hear(FilesEvent event) {
    switch (event) {
      case FilesEvent.PodSeen(V1Pod pod) -> podSeen(pod);
      case FilesEvent.PodGone(String uid) -> forget(uid);
      case FilesEvent.Prepared(String uid, var facts) -> apply(uid, p -> p.preparedWith(facts));
      case FilesEvent.Created(String uid) -> {
        instances.put(uid, new Sight(uid, true, Optional.of(now)));
        apply(uid, p -> p.created(now));
      }
      case FilesEvent.InstancesListed(List<Sight> all) -> instancesListed(all);
      case FilesEvent.InstanceSeen(Sight sight) -> instanceSeen(sight);
      case FilesEvent.InstanceGone(String uid) -> instanceGone(uid);
      case FilesEvent.Listing(Reference.Kind kind) -> index.listing(kind);
      case FilesEvent.Present(var objects) -> objects.forEach(this::present);
      case FilesEvent.Listed(Reference.Kind kind) -> index.unlisted(kind).forEach(this::deleted);
      case FilesEvent.Changed(FilesEvent.Version object) ->
          index.present(object).uids().forEach(this::changed);
      case FilesEvent.Deleted(Reference reference) -> deleted(reference);
      case FilesEvent.Answered(long call, List<Outcome> outcomes) -> answered(call, outcomes);
      case FilesEvent.Wake(String uid) -> {
        wakes.remove(uid);
        apply(uid, p -> p);
      }
      case FilesEvent.GateOpens() -> {}
    }
  }

  private void podSeen(V1Pod pod) {
    String uid = PodObject.ref(pod).uid();
    boolean wanted =
        scope.isZone(PodObject.nodeName(pod))
            && !PodObject.isMirror(pod)
            && !PodObject.isDeleting(pod)
            && !PodObject.isTerminal(pod);
    if (!wanted) {
      forget(uid);
    } else if (pods.containsKey(uid)) {
      apply(uid, p -> p.seen(pod, now));
    } else {
      MountedFiles files = MountedFiles.of(pod, references.intern(PodReferences.of(pod)));
      if (files.references().fileVolumes() || !files.references().started().isEmpty()) {
        pods.put(uid, files);
        index.replace(uid, Set.of(), files.followed());
        Optional.ofNullable(instances.get(uid)).ifPresent(this::instanceSeen);
      }
    }
  }

  private void forget(String uid) {
    MountedFiles files = pods.remove(uid);
    if (files != null) {
      index.replace(uid, files.followed(), Set.of());
      queue.remove(uid);
      stale -= files.isStale() ? 1 : 0;
    }
  }

  private void instancesListed(List<Sight> all) {
    Set<String> before = new LinkedHashSet<>(instances.keySet());
    for (Sight sight : all) {
      instanceSeen(sight);
      before.remove(sight.uid());
    }
    before.forEach(this::instanceGone);
  }

  private void instanceSeen(Sight sight) {
    if (sight.lives()) {
      instances.put(sight.uid(), sight);
      apply(sight.uid(), p -> p.found(sight.createdAt(), now, config));
    } else {
      instanceGone(sight.uid());
    }
  }

  private void instanceGone(String uid) {
    instances.remove(uid);
    apply(uid, MountedFiles::gone);
  }

  private void present(FilesEvent.Version object) {
    ReferenceIndex.Hit hit = index.present(object);
    hit.uids().forEach(hit.first() ? this::noticed : this::changed);
  }

  /** An object is there of which it is not known since when it is like this. */
  private void noticed(String uid) {
    MountedFiles files = pods.get(uid);
    if (files == null) {
      return;
    }
    if (!files.lives()) {
      nudged.add(uid);
    }
    // Whoever was made by another process is looked at anyway, a little later.
    if (files.lives() ? files.isKnown() : files.prepared().isPresent()) {
      apply(uid, p -> p.changed(now));
    }
  }

  private void changed(String uid) {
    MountedFiles files = pods.get(uid);
    if (files != null && !files.lives()) {
      nudged.add(uid);
    }
    apply(uid, p -> p.changed(now));
  }

  private void deleted(Reference reference) {
    index.deleted(reference).forEach(uid -> apply(uid, p -> p.changed(now)));
  }

  private void answered(long call, List<Outcome> outcomes) {
    LookQueue.Batch batch = open.remove(call);
    if (batch == null) {
      return;
    }
    queue.ended(batch);
    List<CloudFailure> throttled = new ArrayList<>();
    for (int i = 0; i < batch.uids().size(); i++) {
      Outcome outcome = i < outcomes.size() ? outcomes.get(i) : new Outcome.Unread("no answer");
      LookVerdict.throttling(outcome).ifPresent(throttled::add);
      observer.looked(LookVerdict.label(outcome));
      answered(batch.uids().get(i), call, outcome);
    }
    if (throttled.isEmpty()) {
      pace.taken(batch.uids().size());
    } else {
      pace.throttled(
          batch.uids().size() - throttled.size(), throttled.getFirst().retryAfter(), now);
    }
  }

  private void answered(String uid, long call, Outcome outcome) {
    Optional<Looks.Look> look =
        Optional.ofNullable(pods.get(uid))
            .flatMap(MountedFiles::looking)
            .filter(l -> l.call() == call);
    if (look.isEmpty()) {
      // Of an instance that is another now, which may have got what was meant for that one.
      apply(uid, p -> p.doubted(now));
      return;
    }
    MountedFiles files = Objects.requireNonNull(pods.get(uid), uid);
    LookVerdict.tell(files, outcome)
        .ifPresent(tell -> effects.add(new FilesEffect.TellUser(files.ref(), tell)));
    if (outcome instanceof Outcome.Current current && current.sent()) {
      look.get().changedAt().ifPresent(at -> observer.delivered(Duration.between(at, now)));
    }
    apply(uid, p -> LookVerdict.after(p, outcome, now, config));
  }

  /** Changes what is known of a pod, and keeps everything that hangs on it up to date. */
  private void apply(String uid, UnaryOperator<MountedFiles> change) {
    MountedFiles before = pods.get(uid);
    if (before == null) {
      return;
    }
    MountedFiles after = change.apply(before);
    pods.put(uid, after);
    if (before.lives() != after.lives() || !before.immutable().equals(after.immutable())) {
      index.replace(uid, before.followed(), after.followed());
    }
    stale += (after.isStale() ? 1 : 0) - (before.isStale() ? 1 : 0);
    Optional<Instant> next = canUpdate ? after.nextLook() : Optional.empty();
    if (next.isEmpty()) {
      queue.remove(uid);
    } else if (next.get().isAfter(now)) {
      queue.remove(uid);
      arm(uid, next.get());
    } else {
      queue.add(uid, after.isUrgent());
    }
  }

  private void arm(String uid, Instant at) {
    Instant armed = wakes.get(uid);
    if (armed == null || at.isBefore(armed)) {
      wakes.put(uid, at);
      timers.add(new Step.Timer<>(at, new FilesEvent.Wake(uid)));
    }
  }

  private void look() {
    for (Optional<LookQueue.Batch> batch = nextBatch(); batch.isPresent(); batch = nextBatch()) {
      long call = ++lastCall;
      List<FilesEffect.Item> items = new ArrayList<>();
      for (String uid : batch.get().uids()) {
        apply(uid, p -> p.looking(call, now));
        MountedFiles files = Objects.requireNonNull(pods.get(uid), uid);
        items.add(new FilesEffect.Item(uid, files.pod(), files.looking().orElseThrow().has()));
      }
      queue.started(batch.get());
      open.put(call, batch.get());
      effects.add(new FilesEffect.Update(call, items));
    }
    if (!queue.isEmpty()) {
      pace.opensAt(now)
          .filter(at -> !at.equals(gateTimer))
          .ifPresent(
              at -> {
                gateTimer = at;
                timers.add(new Step.Timer<>(at, new FilesEvent.GateOpens()));
              });
    }
  }

  private Optional<LookQueue.Batch> nextBatch() {
    return queue.next(Math.min(batchItems, pace.allowance(now)));
  }
}
