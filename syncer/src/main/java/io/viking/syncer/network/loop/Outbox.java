package io.viking.syncer.network.loop;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.kube.loop.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a step decides, the time that it decides by, and the gates that the cloud closes. */
final class Outbox {
  private static final Duration UNSAID_PAUSE = Duration.ofSeconds(1);

  private final Map<CallKind, Instant> gates = new EnumMap<>(CallKind.class);
  private List<NetworkEffect> effects = new ArrayList<>();
  private List<Step.Timer<NetworkEvent>> timers = new ArrayList<>();
  private Instant now = Instant.MIN;
  private Instant armed = Instant.MAX;
  private long lastCall;

  void begin(Instant time) {
    now = time;
    effects = new ArrayList<>();
    timers = new ArrayList<>();
    if (!armed.isAfter(time)) {
      armed = Instant.MAX;
    }
  }

  Step<NetworkEvent, NetworkEffect> end() {
    return new Step<>(effects, timers);
  }

  Instant now() {
    return now;
  }

  long nextCall() {
    return ++lastCall;
  }

  /** The number of the latest call that was made. */
  long lastCall() {
    return lastCall;
  }

  void add(NetworkEffect effect) {
    effects.add(effect);
  }

  void timer(Duration after, NetworkEvent event) {
    timers.add(new Step.Timer<>(now.plus(after), event));
  }

  /** Steps again then at the latest. */
  void wakeAt(Instant at) {
    if (at.isBefore(armed)) {
      armed = at;
      timers.add(new Step.Timer<>(at, new NetworkEvent.Wake()));
    }
  }

  /** When calls of a kind may be made again, if not now. */
  Optional<Instant> closedUntil(CallKind kind) {
    return Optional.ofNullable(gates.get(kind)).filter(at -> at.isAfter(now));
  }

  /** Closes the gate if the cloud has throttled a call of the kind. */
  void heard(CallKind kind, CloudFailure failure) {
    if (failure.reason() == ErrorReason.ERROR_REASON_THROTTLED) {
      Instant opens = now.plus(failure.retryAfter().orElse(UNSAID_PAUSE));
      gates.merge(kind, opens, (one, other) -> one.isAfter(other) ? one : other);
    }
  }
}
