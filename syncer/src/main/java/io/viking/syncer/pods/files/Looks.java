package io.viking.syncer.pods.files;

import io.viking.syncer.pods.manifest.ContentDigest;
import io.viking.syncer.pods.manifest.FileSource;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * When to look at the files of a pod's instance, and what for. Immutable and pure.
 *
 * @param changedAt since when something is owed to the instance, as far as we heard
 * @param lookAt when to look at the files; empty: when something changes
 * @param tokensAt when its tokens are due
 * @param current the look that is being made; what changes meanwhile is owed after it
 * @param failures looks in a row that came to nothing
 * @param heldOff a change does not make the next look earlier: it is not the content that failed
 */
record Looks(
    Optional<Instant> changedAt,
    Optional<Instant> lookAt,
    Optional<Instant> tokensAt,
    Optional<Look> current,
    int failures,
    boolean heldOff) {

  /** Nothing is owed, and nothing due. */
  static final Looks NONE =
      new Looks(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, false);

  /**
   * A look at the files.
   *
   * @param changedAt what it brings to the instance is owed since
   */
  record Look(long call, FileSource.Has has, Optional<Instant> changedAt) {}

  /** When the next one is due; empty: not until something happens. */
  Optional<Instant> next() {
    if (current.isPresent()) {
      return Optional.empty();
    }
    return lookAt.isEmpty() || tokensAt.filter(at -> at.isBefore(lookAt.get())).isPresent()
        ? tokensAt
        : lookAt;
  }

  /** Whether a change that was heard of has not been brought to the instance. */
  boolean owe() {
    return changedAt.isPresent() || current.flatMap(Look::changedAt).isPresent();
  }

  /** Something that the instance shows has changed. */
  Looks changed(Instant now) {
    return new Looks(
        Optional.of(changedAt.orElse(now)),
        !heldOff || lookAt.isEmpty() ? Optional.of(now) : lookAt,
        tokensAt,
        current,
        failures,
        heldOff);
  }

  /** Of another instance: what is owed to the pod is owed to it, and nothing else is known. */
  Looks ofAnother(Optional<Instant> firstLook, Optional<Instant> tokens) {
    return new Looks(changedAt, firstLook, tokens, Optional.empty(), 0, false);
  }

  /**
   * A look begins.
   *
   * @param has what the instance is known to have
   */
  Looks begun(long call, Map<String, ContentDigest> has, Instant now) {
    boolean tokensDue = tokensAt.filter(at -> !at.isAfter(now)).isPresent();
    var look = new Look(call, new FileSource.Has(has, tokensDue, changedAt.isEmpty()), changedAt);
    return new Looks(
        Optional.empty(), Optional.empty(), tokensAt, Optional.of(look), failures, heldOff);
  }

  /**
   * The look found the instance up to date, or brought it there.
   *
   * @param renewed when the tokens are due that it has brought, if it has
   */
  Looks done(Optional<Instant> renewed) {
    return new Looks(
        changedAt,
        lookAt,
        tokensWereDue() || tokensAt.isEmpty() ? renewed : tokensAt,
        Optional.empty(),
        0,
        false);
  }

  /** Likewise, but something was missing. */
  Looks doneInPart(Optional<Instant> renewed, Instant again) {
    return new Looks(
        changedAt,
        // That it appears is told by a watch; of some things that can be missing nobody tells.
        Optional.of(lookAt.orElse(again)),
        renewed.or(() -> tokensWereDue() ? Optional.of(again) : tokensAt),
        Optional.empty(),
        failures + 1,
        false);
  }

  /** The look came to nothing; the same again. */
  Looks failed(Instant again) {
    return new Looks(
        owed(),
        Optional.of(again),
        tokensAt.map(at -> at.isBefore(again) ? again : at),
        Optional.empty(),
        failures + 1,
        true);
  }

  /** Nothing happened: the cloud takes no calls for a while. */
  Looks throttled(Instant now) {
    return new Looks(owed(), Optional.of(now), tokensAt, Optional.empty(), failures, heldOff);
  }

  /** The look is over, and the same would come of another. */
  Looks refused(Instant tokensAgain) {
    return new Looks(
        changedAt, lookAt, tokensAt.map(_ -> tokensAgain), Optional.empty(), failures, heldOff);
  }

  private boolean tokensWereDue() {
    return current.filter(look -> look.has().tokensDue()).isPresent();
  }

  private Optional<Instant> owed() {
    return current.flatMap(Look::changedAt).or(() -> changedAt);
  }
}
