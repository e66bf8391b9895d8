package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.errors.CloudFailures;
import java.util.ArrayDeque;
import java.util.Deque;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the topics about load balancers share. */
abstract class LoadBalancerTopic extends ContractTopic {
  private final Deque<TestLoadBalancers> made = new ArrayDeque<>();

  @BeforeEach
  final void loadBalancersAreServed() {
    onlyIf(info().getCapabilities().getLoadBalancers(), "the pool has no load balancers");
  }

  /** Before the adapter is closed. */
  @AfterEach
  final void deleteLoadBalancers() {
    while (!made.isEmpty()) {
      made.pop().close();
    }
  }

  /** Those of a cluster that nobody else uses. */
  final TestLoadBalancers newLoadBalancers() {
    TestLoadBalancers loadBalancers = new TestLoadBalancers(adapter());
    made.push(loadBalancers);
    return loadBalancers;
  }

  /** Insists that the call fails. */
  static CloudFailure failure(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).as("the call fails").isNotNull();
    return CloudFailures.from(thrown);
  }
}
