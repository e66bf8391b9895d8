package io.viking.syncer.pods.files;

import com.google.common.collect.Sets;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.errors.CloudFailure;
import io.viking.syncer.pods.lifecycle.Backoff;
import io.viking.syncer.pods.lifecycle.PodObject;
import io.viking.syncer.pods.lifecycle.PodRef;
import io.viking.syncer.pods.manifest.ContentDigest;
import io.viking.syncer.pods.manifest.FileFacts;
import io.viking.syncer.pods.manifest.FileSource;
import io.viking.syncer.pods.manifest.PodReferences;
import io.viking.syncer.pods.manifest.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of one pod's files, and when to look at them again. Immutable and pure.
 *
 * @param pod as last seen
 * @param lives whether it has an instance that has not ended
 * @param prepared what its next instance is created with
 * @param has what its instance is known to have, by volume; none of it after a restart
 * @param immutable what of it never changes
 * @param changedAt since when something is owed to the instance, as far as we heard
 * @param lookAt when to look at the files; empty: when something changes
 * @param tokensAt when its tokens are due
 * @param looking the look that is being made; what changes meanwhile is owed after it
 * @param failures looks in a row that came to nothing
 * @param heldOff a change does not make the next look earlier: it is not the content that failed
 * @param over its instance will not take another file, whatever changes
 * @param told the trouble that the user was told of last
 */
record MountedFiles(
    PodRef ref,
    V1Pod pod,
    PodReferences references,
    boolean lives,
    Optional<FileFacts> prepared,
    Map<String, ContentDigest> has,
    Set<Reference> immutable,
    Optional<Instant> changedAt,
    Optional<Instant> lookAt,
    Optional<Instant> tokensAt,
    Optional<Look> looking,
    int failures,
    boolean heldOff,
    boolean over,
    Optional<String> told) {

  /**
   * A look at the files.
   *
   * @param changedAt what it brings to the instance is owed since
   */
  record Look(long call, FileSource.Has has, Optional<Instant> changedAt) {}

  /**
   * A pod without an instance so far.
   *
   * @param references of the pod
   */
  static MountedFiles of(V1Pod pod, PodReferences references) {
    return new Change(PodObject.ref(pod), pod, references, Optional.empty()).end();
  }

  /** What concerns it now. */
  Set<Reference> followed() {
    if (!lives) {
      return references.started();
    }
    if (immutable.isEmpty()) {
      return references.mounted();
    }
    return Sets.difference(references.mounted(), immutable).immutableCopy();
  }

  /** Whether what its instance has is known, or being found out. */
  boolean isKnown() {
    return looking.isPresent() || !has.isEmpty();
  }

  /** When to look at its files next; empty: not until something happens. */
  Optional<Instant> nextLook() {
    if (!lives || over || looking.isPresent() || !references.fileVolumes()) {
      return Optional.empty();
    }
    return lookAt.isEmpty() || tokensAt.filter(at -> at.isBefore(lookAt.get())).isPresent()
        ? tokensAt
        : lookAt;
  }

  /** Whether its instance does not have a change that was heard of. */
  boolean isStale() {
    return lives
        && !over
        && (changedAt.isPresent() || looking.flatMap(Look::changedAt).isPresent());
  }

  /** Whether something happened that the next look is for. */
  boolean isUrgent() {
    return changedAt.isPresent();
  }

  /** A look begins. */
  MountedFiles looking(long call, Instant now) {
    boolean tokensDue = tokensAt.filter(at -> !at.isAfter(now)).isPresent();
    Change change = change();
    change.looking =
        Optional.of(
            new Look(call, new FileSource.Has(has, tokensDue, changedAt.isEmpty()), changedAt));
    change.changedAt = Optional.empty();
    change.lookAt = Optional.empty();
    return change.end();
  }

  /** The pod in another state. */
  MountedFiles seen(V1Pod newPod, Instant now) {
    Change change = change();
    change.pod = newPod;
    boolean shows =
        references.metadataMounted()
            && !(PodObject.annotations(pod).equals(PodObject.annotations(newPod))
                && Objects.equals(labels(pod), labels(newPod)));
    return shows ? change.end().changed(now) : change.end();
  }

  /** Something that it shows has changed. */
  MountedFiles changed(Instant now) {
    Change change = change();
    change.changedAt = Optional.of(changedAt.orElse(now));
    if (!heldOff || lookAt.isEmpty()) {
      change.lookAt = Optional.of(now);
    }
    return change.end();
  }

  MountedFiles preparedWith(FileFacts facts) {
    Change change = change();
    change.prepared = Optional.of(facts);
    return change.end();
  }

  /** Its instance was made of what was prepared. What has changed meanwhile is looked at now. */
  MountedFiles created(Instant now) {
    if (prepared.isEmpty()) {
      return this;
    }
    if (lives && (looking.isPresent() || !has.isEmpty())) {
      // Found before, and given files since: that is what it has.
      Change change = change();
      change.prepared = Optional.empty();
      return change.end();
    }
    FileFacts facts = prepared.get();
    Change change = change().fresh(true);
    change.prepared = Optional.empty();
    change.has = facts.digests();
    change.immutable = facts.immutable();
    change.tokensAt = facts.tokenLife().map(life -> TokenRenewal.after(now, life, ref.uid()));
    change.changedAt = changedAt;
    change.lookAt = changedAt.map(_ -> now);
    return change.end();
  }

  /** An instance of it was found; what it has is not known, unless we know the instance already. */
  MountedFiles found(Optional<Instant> createdAt, Instant now, FilesConfig config) {
    if (lives) {
      return this;
    }
    Change change = change().fresh(true);
    long share = Math.floorMod(ref.uid().hashCode(), 256);
    change.changedAt = changedAt;
    Instant adopted =
        now.plus(config.adoptAfter()).plus(config.adoptWithin().multipliedBy(share).dividedBy(256));
    change.lookAt = Optional.of(changedAt.isPresent() ? now : adopted);
    change.tokensAt =
        references
            .tokenLife()
            .map(life -> TokenRenewal.afterRestart(now, createdAt, life, ref.uid()));
    return change.end();
  }

  /** It has no instance, or one that has ended. */
  MountedFiles gone() {
    return lives ? change().fresh(false).end() : this;
  }

  /** The look found its instance up to date, or brought it there. */
  MountedFiles current(FilesEvent.Outcome.Current current, Instant now, FilesConfig config) {
    boolean tokensWereDue = looking.filter(look -> look.has().tokensDue()).isPresent();
    Change change = ended();
    change.has = join(has, current.facts().digests());
    change.immutable = Sets.union(immutable, current.facts().immutable()).immutableCopy();
    change.heldOff = false;
    Optional<Instant> renewed =
        current.facts().tokenLife().map(life -> TokenRenewal.after(now, life, ref.uid()));
    if (current.missing().isEmpty()) {
      change.failures = 0;
      change.told = Optional.empty();
      change.tokensAt = tokensWereDue || tokensAt.isEmpty() ? renewed : tokensAt;
      return change.end();
    }
    // That it appears is told by a watch; of some things that can be missing nobody tells.
    Instant again = now.plus(config.missing().pause(failures, ref.uid()));
    change.failures = failures + 1;
    change.told = current.missing();
    change.lookAt = Optional.of(lookAt.orElse(again));
    change.tokensAt = renewed.or(() -> tokensWereDue ? Optional.of(again) : tokensAt);
    return change.end();
  }

  /** What the instance has of these volumes is not known any more. */
  MountedFiles without(Set<String> volumes) {
    Map<String, ContentDigest> rest = new HashMap<>(has);
    rest.keySet().removeAll(volumes);
    Change change = change();
    change.has = Map.copyOf(rest);
    return change.end();
  }

  /** Files that were meant for its instance before this one may have reached it. */
  MountedFiles doubted(Instant now) {
    return lives ? without(has.keySet()).changed(now) : this;
  }

  /** The look came to nothing; the same again later, later each time. */
  MountedFiles failed(Backoff backoff, Optional<Duration> retryAfter, Instant now) {
    Duration pause = backoff.pause(failures, ref.uid());
    Instant again = now.plus(retryAfter.filter(asked -> asked.compareTo(pause) > 0).orElse(pause));
    Change change = ended();
    change.changedAt = owed();
    change.failures = failures + 1;
    change.heldOff = true;
    change.lookAt = Optional.of(again);
    change.tokensAt = tokensAt.map(at -> at.isBefore(again) ? again : at);
    return change.end();
  }

  /** Nothing happened: the cloud takes no calls for a while. */
  MountedFiles throttled(Instant now) {
    Change change = ended();
    change.changedAt = owed();
    change.lookAt = Optional.of(now);
    return change.end();
  }

  /** The cloud will not take the files as they are; perhaps as they will be. */
  MountedFiles refused(CloudFailure failure, Instant now, FilesConfig config) {
    Change change = ended();
    change.told = Optional.of(failure.message());
    change.tokensAt = tokensAt.map(_ -> now.plus(config.missing().longest()));
    return change.end();
  }

  /** The cloud will never take files for this instance. */
  MountedFiles gaveUp(CloudFailure failure) {
    Change change = ended();
    change.over = true;
    change.told = Optional.of(failure.message());
    return change.end();
  }

  private Optional<Instant> owed() {
    return looking.flatMap(Look::changedAt).or(() -> changedAt);
  }

  private Change ended() {
    Change change = change();
    change.looking = Optional.empty();
    return change;
  }

  private static Map<String, ContentDigest> join(
      Map<String, ContentDigest> a, Map<String, ContentDigest> b) {
    Map<String, ContentDigest> joined = new HashMap<>(a);
    joined.putAll(b);
    return Map.copyOf(joined);
  }

  private static Object labels(V1Pod pod) {
    var metadata = pod.getMetadata();
    return metadata == null || metadata.getLabels() == null ? Map.of() : metadata.getLabels();
  }

  private Change change() {
    return new Change(this);
  }

  /** A copy that is being changed. */
  private static final class Change {
    private final PodRef ref;
    private final PodReferences references;
    private V1Pod pod;
    private boolean lives;
    private Optional<FileFacts> prepared;
    private Map<String, ContentDigest> has = Map.of();
    private Set<Reference> immutable = Set.of();
    private Optional<Instant> changedAt = Optional.empty();
    private Optional<Instant> lookAt = Optional.empty();
    private Optional<Instant> tokensAt = Optional.empty();
    private Optional<Look> looking = Optional.empty();
    private int failures;
    private boolean heldOff;
    private boolean over;
    private Optional<String> told = Optional.empty();

    Change(PodRef ref, V1Pod pod, PodReferences references, Optional<FileFacts> prepared) {
      this.ref = ref;
      this.pod = pod;
      this.references = references;
      this.prepared = prepared;
    }

    Change(MountedFiles from) {
      this(from.ref, from.pod, from.references, from.prepared);
      lives = from.lives;
      has = from.has;
      immutable = from.immutable;
      changedAt = from.changedAt;
      lookAt = from.lookAt;
      tokensAt = from.tokensAt;
      looking = from.looking;
      failures = from.failures;
      heldOff = from.heldOff;
      over = from.over;
      told = from.told;
    }

    /** With another instance, or none: nothing is known of what it has. */
    Change fresh(boolean alive) {
      Change fresh = new Change(ref, pod, references, prepared);
      fresh.lives = alive;
      return fresh;
    }

    MountedFiles end() {
      return new MountedFiles(
          ref,
          pod,
          references,
          lives,
          prepared,
          has,
          immutable,
          changedAt,
          lookAt,
          tokensAt,
          looking,
          failures,
          heldOff,
          over,
          told);
    }
  }
}
