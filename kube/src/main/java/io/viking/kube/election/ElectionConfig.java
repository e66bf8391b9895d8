package io.viking.kube.election;

import java.time.Duration;

/**
 * How long a lease lives, and how it is kept. The rest follows: in its life it is renewed six times
 * and looked at twelve times by those who stand by, and a call has a third of it.
 *
 * @param lease the name of the Lease in kube-system; one for each part that has a leader
 * @param identity of this process, and of no other that ever was
 * @param life of a lease that is not renewed; whole seconds, which is what a Lease can say
 */
public record ElectionConfig(String lease, String identity, Duration life) {
  public static final String NAMESPACE = "kube-system";

  /** Fail-over within five seconds: this, a look, and the loops' start. */
  public static final Duration DEFAULT_LIFE = Duration.ofSeconds(3);

  public static final Duration SHORTEST_LIFE = Duration.ofSeconds(2);
  public static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

  public ElectionConfig {
    if (!lease.matches("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?")) {
      throw new IllegalArgumentException(
          "the lease's name \"%s\" must be of lower case letters, digits, \"-\" and \".\", such as \"viking-syncer\"."
              .formatted(lease));
    }
    if (identity.isBlank()) {
      throw new IllegalArgumentException("the identity must not be empty.");
    }
    if (life.compareTo(SHORTEST_LIFE) < 0
        || life.compareTo(LONGEST_LIFE) > 0
        || life.toNanosPart() != 0) {
      throw new IllegalArgumentException(
          "the lease's life of %d ms must be whole seconds, from %d to %d."
              .formatted(life.toMillis(), SHORTEST_LIFE.toSeconds(), LONGEST_LIFE.toSeconds()));
    }
  }

  /** Of a part of the work. */
  public ElectionConfig withLease(String name) {
    return new ElectionConfig(name, identity, life);
  }

  /** Between two renewals. */
  Duration renewEvery() {
    return life.dividedBy(6);
  }

  /** Between two looks of one who stands by. */
  Duration lookEvery() {
    return life.dividedBy(12);
  }

  /** Before what failed is tried again. */
  Duration pause() {
    return life.dividedBy(36);
  }

  /** Of one call to the API server: two may fail, and there is time for a third. */
  public Duration callDeadline() {
    return life.dividedBy(3);
  }
}
