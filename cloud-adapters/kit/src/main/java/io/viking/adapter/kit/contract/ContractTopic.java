package io.viking.adapter.kit.contract;

import io.viking.cloud.v1.GetInfoRequest;
import io.viking.cloud.v1.GetInfoResponse;
import io.viking.cloud.v1.InfoServiceGrpc;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;

/** What the topics share: an adapter per test, clusters of the test's own, skips that say why. */
abstract class ContractTopic {
  private final Deque<TestCluster> clusters = new ArrayDeque<>();
  private @Nullable AdapterUnderTest adapter;
  private String test = "";

  /** Starts, or finds, the adapter to test. */
  protected abstract AdapterUnderTest startAdapter() throws Exception;

  @BeforeEach
  final void start(TestInfo info) throws Exception {
    test = getClass().getSimpleName() + "." + info.getDisplayName();
    adapter = startAdapter();
  }

  /** Deletes what the test made even if it failed: a real cloud bills for it. */
  @AfterEach
  final void stop() throws Exception {
    try (AdapterUnderTest closing = adapter) {
      while (!clusters.isEmpty()) {
        clusters.pop().close();
      }
    }
  }

  final AdapterUnderTest adapter() {
    if (adapter == null) {
      throw new IllegalStateException("The adapter is started before each test");
    }
    return adapter;
  }

  /** A cluster that nobody else uses. */
  final TestCluster newCluster() {
    TestCluster cluster = new TestCluster(adapter());
    clusters.push(cluster);
    return cluster;
  }

  final GetInfoResponse info() {
    return InfoServiceGrpc.newBlockingStub(adapter().channel())
        .withDeadlineAfter(adapter().patience())
        .getInfo(GetInfoRequest.getDefaultInstance());
  }

  /** What the harness can do, or the end of this test as skipped. */
  final <T> T needs(Optional<T> ability, String what) {
    onlyIf(ability.isPresent(), "the harness does not say how to " + what);
    return ability.orElseThrow();
  }

  /** Ends this test as skipped, and prints why: the build's report does not. */
  @SuppressWarnings("SystemOut")
  final void onlyIf(boolean condition, String otherwise) {
    if (!condition) {
      System.out.printf("SKIPPED %s: %s%n", test, otherwise);
    }
    Assumptions.assumeTrue(condition, otherwise);
  }
}
