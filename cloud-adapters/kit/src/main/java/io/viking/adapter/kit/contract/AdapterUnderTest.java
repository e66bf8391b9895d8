package io.viking.adapter.kit.contract;

import io.grpc.Channel;
import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.ZoneCandidate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A served adapter, and what the tests cannot know about it. Each test asks for one, and closes it;
 * a harness may hand out the same adapter again and again, since every test uses clusters of its
 * own and deletes what it made.
 *
 * <p>What is optional tells the tests how to bring about a situation. Where it is missing, the
 * tests that need it are skipped, and say so.
 */
public interface AdapterUnderTest extends AutoCloseable {
  /** To the adapter, over a transport that it will be used with. After a restart: the new one. */
  Channel channel();

  /** Where the tests may buy, in the order of preference; at least one. */
  List<ZoneCandidate> zones();

  /**
   * Within this time a pod runs, stops, and its events arrive. Tests wait no longer than they must.
   */
  default Duration patience() {
    return Duration.ofSeconds(20);
  }

  /** An image whose container goes on until it is stopped. */
  default String image() {
    return "nginx";
  }

  /** The pod, changed so that its containers end by themselves soon, with that exit code. */
  default Optional<TestPod> endingByItself(TestPod pod, int exitCode) {
    return Optional.empty();
  }

  /** The pod, changed so that its container writes three lines or more and then ends with 0. */
  default Optional<TestPod> writingLines(TestPod pod) {
    return Optional.empty();
  }

  /** The pod, changed so that its container sends back what comes to a port. */
  default Optional<Listening> echoing(TestPod pod) {
    return Optional.empty();
  }

  /** Makes a zone run out of every type. */
  default Optional<Stock> stock() {
    return Optional.empty();
  }

  /** Stops and starts the adapter, keeping its state as in production. */
  default Optional<Restart> restart() {
    return Optional.empty();
  }

  /** Makes the adapter forget the changes that it keeps for watches that resume. */
  default Optional<Runnable> forgettingChanges() {
    return Optional.empty();
  }

  /** Looks into a running instance. */
  default Optional<InstanceFiles> files() {
    return Optional.empty();
  }

  /** Does in the cloud's console what somebody might do there. */
  default Optional<NetworkByHand> networkByHand() {
    return Optional.empty();
  }

  @Override
  void close() throws Exception;

  /** A pod that listens on a TCP port. */
  record Listening(TestPod pod, int port) {}

  /** The stock of the pool behind the adapter. */
  @FunctionalInterface
  interface Stock {
    void sellOut(String zone);
  }

  /** The adapter's process. */
  @FunctionalInterface
  interface Restart {
    /**
     * Returns when the adapter is served again; {@link AdapterUnderTest#channel} may be another.
     */
    void restart() throws Exception;
  }

  /** Files as a container of an instance sees them. */
  @FunctionalInterface
  interface InstanceFiles {
    /**
     * @param volume its name in the pod
     * @param path relative to the volume
     * @return empty if there is no such file
     */
    Optional<byte[]> read(String clusterId, String uid, String volume, String path);
  }

  /** Load balancers and records that no cluster made. */
  interface NetworkByHand {
    /** Makes a load balancer of layer 4; its cloud id. The test removes it. */
    String makeLoadBalancer(String name);

    /** Adds a TCP listener to a load balancer, whoever's that is. */
    void addListener(String cloudId, int port);

    /** The ports of a load balancer's listeners, whoever made them. */
    Set<Integer> ports(String cloudId);

    /** Removes a load balancer, whoever's it is. */
    void removeLoadBalancer(String cloudId);

    /** Adds a record to a zone. */
    void addRecord(String zone, Record record);

    /** Removes a record, whoever's it is. */
    void removeRecord(String zone, Record record);
  }
}
