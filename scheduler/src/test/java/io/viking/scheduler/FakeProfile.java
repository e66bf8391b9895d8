package io.viking.scheduler;

import io.viking.kube.profile.ClusterProfile;
import io.viking.kube.profile.ProfileSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A profile in the hand of a test; at first there is none. */
final class FakeProfile implements ProfileSource {
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Optional<ClusterProfile> current = Optional.of(ClusterProfile.NONE);

  /** As before the API server has answered. */
  void forget() {
    current = Optional.empty();
  }

  void set(ClusterProfile profile) {
    current = Optional.of(profile);
    listeners.forEach(Runnable::run);
  }

  @Override
  public Optional<ClusterProfile> current() {
    return current;
  }

  @Override
  public Subscription onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
