package io.viking.adapter.kit.faults;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Says of each call what happens to it. A script that is asked twice about the same call says the
 * same, whatever else is called in between; safe for all threads.
 */
@FunctionalInterface
public interface FaultScript {
  /** Empty: the call is let through. A fault of the other kind of call does nothing to it. */
  Optional<Fault> next(ProxiedCall call);

  /** Lets everything through. */
  static FaultScript none() {
    return call -> Optional.empty();
  }

  /**
   * Decides by chance, from the seed, the method and the call's number alone.
   *
   * @param seed the same seed, the same faults
   * @param share of calls that something happens to, 0 to 1
   * @param longest bound of every delay
   */
  static FaultScript seeded(long seed, double share, Duration longest) {
    if (share < 0 || share > 1) {
      throw new IllegalArgumentException("share must be from 0 to 1, is " + share + ".");
    }
    return call -> {
      var random =
          new SplittableRandom(
              seed ^ ((long) call.method().hashCode() << 32) ^ call.number() * 0x9E3779B97F4A7C15L);
      if (random.nextDouble() >= share) {
        return Optional.empty();
      }
      Duration time = Duration.ofMillis(random.nextLong(longest.toMillis() + 1));
      List<? extends Fault> palette = call.stream() ? ofStreams(random, time) : ofCalls(time);
      return Optional.of(palette.get(random.nextInt(palette.size())));
    };
  }

  private static List<Fault.OfCall> ofCalls(Duration time) {
    return List.of(
        new Fault.RequestLost(),
        new Fault.AnswerLost(false),
        new Fault.Late(time),
        new Fault.Straggling(time),
        new Fault.Doubled(time),
        new Fault.Overtaken(time),
        new Fault.Throttled(time),
        new Fault.ItemsThrottled(time),
        new Fault.ItemsReversed(),
        new Fault.HalfDone(),
        new Fault.HalfAnswered());
  }

  private static List<Fault.OfStream> ofStreams(SplittableRandom random, Duration time) {
    return List.of(new Fault.Cut(random.nextInt(20)), new Fault.Stalled(time), new Fault.Expired());
  }
}
