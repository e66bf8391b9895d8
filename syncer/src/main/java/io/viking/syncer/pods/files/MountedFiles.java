package io.viking.syncer.pods.files;

import com.google.common.collect.Sets;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.errors.CloudFailure;
import io.viking.syncer.pods.lifecycle.Backoff;
import io.viking.syncer.pods.lifecycle.PodObject;
import io.viking.syncer.pods.lifecycle.PodRef;
import io.viking.syncer.pods.manifest.ContentDigest;
import io.viking.syncer.pods.manifest.FileFacts;
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
 * What is known of one pod's files. Immutable and pure.
 *
 * @param pod as last seen
 * @param lives whether it has an instance that has not ended
 * @param prepared what its next instance is created with
 * @param has what its instance is known to have, by volume; none of it after a restart
 * @param immutable what of it never changes
 * @param looks when to look at them again
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
    Looks looks,
    boolean over,
    Optional<String> told) {

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
    return looks.current().isPresent() || !has.isEmpty();
  }

  /** When to look at its files next; empty: not until something happens. */
  Optional<Instant> nextLook() {
    return !lives || over || !references.fileVolumes() ? Optional.empty() : looks.next();
  }

  /** The look that is being made. */
  Optional<Looks.Look> looking() {
    return looks.current();
  }

  /** Whether its instance does not have a change that was heard of. */
  boolean isStale() {
    return lives && !over && looks.owe();
  }

  /** Whether something happened that the next look is for. */
  boolean isUrgent() {
    return looks.changedAt().isPresent();
  }

  /** A look begins. */
  MountedFiles looking(long call, Instant now) {
    return with(looks.begun(call, has, now));
  }

  /** The pod in another state. */
  MountedFiles seen(V1Pod newPod, Instant now) {
    Change change = new Change(this);
    change.pod = newPod;
    boolean shows =
        references.metadataMounted()
            && !(PodObject.annotations(pod).equals(PodObject.annotations(newPod))
                && Objects.equals(labels(pod), labels(newPod)));
    return shows ? change.end().changed(now) : change.end();
  }

  /** Something that it shows has changed. */
  MountedFiles changed(Instant now) {
    return with(looks.changed(now));
  }

  MountedFiles preparedWith(FileFacts facts) {
    Change change = new Change(this);
    change.prepared = Optional.of(facts);
    return change.end();
  }

  /** Its instance was made of what was prepared. What has changed meanwhile is looked at now. */
  MountedFiles created(Instant now) {
    if (prepared.isEmpty()) {
      return this;
    }
    if (lives && isKnown()) {
      // Found before, and given files since: that is what it has.
      Change change = new Change(this);
      change.prepared = Optional.empty();
      return change.end();
    }
    FileFacts facts = prepared.get();
    Change change = another(true);
    change.prepared = Optional.empty();
    change.has = facts.digests();
    change.immutable = facts.immutable();
    change.looks =
        looks.ofAnother(
            looks.changedAt().map(_ -> now),
            facts.tokenLife().map(life -> TokenRenewal.after(now, life, ref.uid())));
    return change.end();
  }

  /** An instance of it was found; what it has is not known, unless we know the instance already. */
  MountedFiles found(Optional<Instant> createdAt, Instant now, FilesConfig config) {
    if (lives) {
      return this;
    }
    Change change = another(true);
    long share = Math.floorMod(ref.uid().hashCode(), 256);
    Instant adopted =
        now.plus(config.adoptAfter()).plus(config.adoptWithin().multipliedBy(share).dividedBy(256));
    change.looks =
        looks.ofAnother(
            Optional.of(isUrgent() ? now : adopted),
            references
                .tokenLife()
                .map(life -> TokenRenewal.afterRestart(now, createdAt, life, ref.uid())));
    return change.end();
  }

  /** It has no instance, or one that has ended. */
  MountedFiles gone() {
    return lives ? another(false).end() : this;
  }

  /** The look found its instance up to date, or brought it there. */
  MountedFiles current(FilesEvent.Outcome.Current current, Instant now, FilesConfig config) {
    Change change = new Change(this);
    change.has = join(has, current.facts().digests());
    change.immutable = Sets.union(immutable, current.facts().immutable()).immutableCopy();
    change.told = current.missing();
    Optional<Instant> renewed =
        current.facts().tokenLife().map(life -> TokenRenewal.after(now, life, ref.uid()));
    change.looks =
        current.missing().isEmpty()
            ? looks.done(renewed)
            : looks.doneInPart(
                renewed, now.plus(config.missing().pause(looks.failures(), ref.uid())));
    return change.end();
  }

  /** What the instance has of these volumes is not known any more. */
  MountedFiles without(Set<String> volumes) {
    Map<String, ContentDigest> rest = new HashMap<>(has);
    rest.keySet().removeAll(volumes);
    Change change = new Change(this);
    change.has = Map.copyOf(rest);
    return change.end();
  }

  /** Files that were meant for its instance before this one may have reached it. */
  MountedFiles doubted(Instant now) {
    return lives ? without(has.keySet()).changed(now) : this;
  }

  /** The look came to nothing; the same again later, later each time. */
  MountedFiles failed(Backoff backoff, Optional<Duration> retryAfter, Instant now) {
    Duration pause = backoff.pause(looks.failures(), ref.uid());
    return with(
        looks.failed(
            now.plus(retryAfter.filter(asked -> asked.compareTo(pause) > 0).orElse(pause))));
  }

  /** Nothing happened: the cloud takes no calls for a while. */
  MountedFiles throttled(Instant now) {
    return with(looks.throttled(now));
  }

  /** The cloud will not take the files as they are; perhaps as they will be. */
  MountedFiles refused(CloudFailure failure, Instant now, FilesConfig config) {
    Change change = new Change(this);
    change.looks = looks.refused(now.plus(config.missing().longest()));
    change.told = Optional.of(failure.message());
    return change.end();
  }

  /** The cloud will never take files for this instance. */
  MountedFiles gaveUp(CloudFailure failure) {
    Change change = new Change(this);
    change.looks = Looks.NONE;
    change.over = true;
    change.told = Optional.of(failure.message());
    return change.end();
  }

  private MountedFiles with(Looks other) {
    Change change = new Change(this);
    change.looks = other;
    return change.end();
  }

  /** With another instance, or none: nothing is known of what it has. */
  private Change another(boolean alive) {
    Change change = new Change(ref, pod, references, prepared);
    change.lives = alive;
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

  /** A copy that is being changed. */
  private static final class Change {
    private final PodRef ref;
    private final PodReferences references;
    private V1Pod pod;
    private boolean lives;
    private Optional<FileFacts> prepared;
    private Map<String, ContentDigest> has = Map.of();
    private Set<Reference> immutable = Set.of();
    private Looks looks = Looks.NONE;
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
      looks = from.looks;
      over = from.over;
      told = from.told;
    }

    MountedFiles end() {
      return new MountedFiles(
          ref, pod, references, lives, prepared, has, immutable, looks, over, told);
    }
  }
}
