package io.viking.bench.endpoints;

import java.util.Optional;
import java.util.Set;

/** What the cloud says of a Service, asked over the contract. */
public interface NetworkView {
  /**
   * The pods' addresses that it has for a Service, those that get nothing new left out; empty: it
   * was asked too often and says nothing now.
   *
   * @param uid of the Service
   * @throws IllegalStateException it does not answer; one sentence
   */
  Optional<Set<String>> addresses(ServiceKind kind, String namespace, String service, String uid);
}
