package io.viking.kube.profile;

import java.util.Optional;

/** Where the loops get the cluster's profile from. Safe for all threads. */
public interface ProfileSource {
  /** No profile, ever. */
  ProfileSource NONE =
      new ProfileSource() {
        @Override
        public Optional<ClusterProfile> current() {
          return Optional.of(ClusterProfile.NONE);
        }

        @Override
        public Subscription onChange(Runnable listener) {
          return () -> {};
        }
      };

  /** Empty while it is not known yet whether there is one: nothing may be decided before. */
  Optional<ClusterProfile> current();

  /**
   * Has somebody told when it has become known, or another, until the subscription is closed. The
   * listener returns at once.
   */
  Subscription onChange(Runnable listener);

  /** What is told to a listener ends with it. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
