package io.viking.syncer.pods.lifecycle;

import io.viking.cloud.v1.Instance;
import io.viking.cloud.v1.InstancePhase;
import java.util.Optional;

/**
 * What is known of a pod's instance.
 *
 * <p>Two sources tell: the follower (one ordered stream) and the answers of calls, which may be
 * older or newer than the stream. So an answer never overrules what the stream has told, and what
 * is known to be removed stays removed whatever a late answer says.
 *
 * @param instance the instance that exists, live or ended
 * @param followed the stream has told of it; only then does its absence from a list mean anything
 * @param asked whether a create may yet bring an instance that is not known
 * @param gone the highest attempt that is known to be removed
 * @param spent the highest attempt that cannot be used any more
 * @param fenced the UID was given up for ever by a delete that the cloud accepted
 * @param last the last known state of what is gone
 * @param ran one of them got as far as Running
 */
public record CloudSide(
    Optional<Instance> instance,
    boolean followed,
    Asked asked,
    int gone,
    int spent,
    boolean fenced,
    Optional<Instance> last,
    boolean ran) {

  /** The attempt that ends a UID for ever. */
  public static final int FOR_EVER = Integer.MAX_VALUE;

  static final CloudSide NOTHING =
      new CloudSide(Optional.empty(), false, Asked.NO, 0, 0, false, Optional.empty(), false);

  /** What is out there of our own asking. */
  enum Asked {
    NO,
    IN_FLIGHT,
    /** A create ended without an answer: it may have had, or may yet have, an effect. */
    UNKNOWN
  }

  /** The follower tells of an instance. */
  CloudSide followed(Instance seen) {
    if (instance.isPresent() && instance.get().getAttempt() > seen.getAttempt()) {
      return this;
    }
    return existing(newer(seen), true);
  }

  /** An answer tells of an instance. */
  CloudSide answered(Instance seen) {
    if (seen.getAttempt() <= gone) {
      return asked(Asked.NO);
    }
    if (instance.isPresent() && instance.get().getAttempt() > seen.getAttempt()) {
      return asked(Asked.NO);
    }
    boolean sameAsBefore =
        instance.filter(known -> known.getAttempt() == seen.getAttempt()).isPresent();
    return existing(newer(seen), followed && sameAsBefore).asked(Asked.NO);
  }

  /** The follower tells that an instance was removed. */
  CloudSide removed(Instance lastState) {
    int attempt = lastState.getAttempt();
    if (instance.isPresent() && instance.get().getAttempt() > attempt) {
      return new CloudSide(
          instance, followed, asked, Math.max(gone, attempt), spent, fenced, last, ran);
    }
    return new CloudSide(
        Optional.empty(),
        false,
        fenced ? Asked.NO : asked,
        Math.max(gone, attempt),
        spent,
        fenced,
        Optional.of(lastState),
        ran || hasRun(lastState));
  }

  /** A full list does not have an instance that the follower had told of. */
  CloudSide vanished() {
    return new CloudSide(
        Optional.empty(), false, asked, highestKnown(), spent, fenced, lastKnown(), ran);
  }

  /** The cloud, asked for this very UID after all creates had ended, has nothing. */
  CloudSide notFound() {
    if (followed) {
      return asked(Asked.NO);
    }
    return new CloudSide(
        Optional.empty(), false, Asked.NO, highestKnown(), spent, fenced, lastKnown(), ran);
  }

  /** A delete of this UID for ever was accepted: an instance, known or not, stops. */
  CloudSide stopping() {
    return new CloudSide(instance, followed, asked, gone, spent, true, last, ran);
  }

  /** A delete of this UID for ever found nothing, and nothing will come. */
  CloudSide fencedOff() {
    return new CloudSide(
        Optional.empty(), false, Asked.NO, FOR_EVER, spent, true, lastKnown(), ran);
  }

  CloudSide asked(Asked how) {
    return new CloudSide(instance, followed, how, gone, spent, fenced, last, ran);
  }

  /** A create ended: an earlier one with an unknown end may still have an effect. */
  CloudSide nothingMade() {
    return asked == Asked.IN_FLIGHT ? asked(Asked.NO) : this;
  }

  /** A create is on its way. */
  CloudSide asking() {
    return asked == Asked.NO ? asked(Asked.IN_FLIGHT) : this;
  }

  CloudSide spentUpTo(int attempt) {
    return new CloudSide(
        instance, followed, asked, gone, Math.max(spent, attempt), fenced, last, ran);
  }

  boolean mayExist() {
    return instance.isPresent() || asked != Asked.NO;
  }

  /** Whether there is something that runs, or will. */
  boolean lives() {
    return instance.filter(known -> !hasEnded(known)).isPresent();
  }

  /** Whether nothing runs, nor will, although there is an instance: it has ended. */
  boolean isOver() {
    return asked == Asked.NO && instance.filter(CloudSide::hasEnded).isPresent();
  }

  /** The attempt of the next create; empty if the UID is done for ever. */
  Optional<Integer> nextAttempt() {
    int used = Math.max(highestKnown(), spent);
    return used == FOR_EVER ? Optional.empty() : Optional.of(used + 1);
  }

  /** Whether all its containers have, for good. */
  public static boolean hasEnded(Instance instance) {
    return instance.getPhase() == InstancePhase.INSTANCE_PHASE_SUCCEEDED
        || instance.getPhase() == InstancePhase.INSTANCE_PHASE_FAILED;
  }

  /** Ended without one container having started: such an attempt may be followed by another. */
  static boolean failedToStart(Instance instance) {
    return hasEnded(instance) && !hasRun(instance);
  }

  static boolean hasRun(Instance instance) {
    return switch (instance.getPhase()) {
      case INSTANCE_PHASE_UNSPECIFIED, INSTANCE_PHASE_PENDING -> false;
      case INSTANCE_PHASE_RUNNING, INSTANCE_PHASE_SUCCEEDED, UNRECOGNIZED -> true;
      case INSTANCE_PHASE_FAILED -> instance.hasStartTime();
    };
  }

  private CloudSide existing(Instance known, boolean isFollowed) {
    // Late news of an attempt before the one that was asked for say nothing about that one.
    boolean isOlder = nextAttempt().filter(next -> known.getAttempt() < next).isPresent();
    return new CloudSide(
        Optional.of(known),
        isFollowed,
        isOlder ? asked : Asked.NO,
        gone,
        spent,
        fenced,
        last,
        ran || hasRun(known));
  }

  private Instance newer(Instance seen) {
    return instance
        .filter(known -> known.getAttempt() == seen.getAttempt())
        .filter(known -> known.getRevision() > seen.getRevision())
        .orElse(seen);
  }

  private int highestKnown() {
    return Math.max(gone, instance.map(Instance::getAttempt).orElse(0));
  }

  private Optional<Instance> lastKnown() {
    return instance.isPresent() ? instance : last;
  }
}
