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

/** What the topics about zones share. */
abstract class DnsTopic extends ContractTopic {
  private final Deque<TestZone> zones = new ArrayDeque<>();

  @BeforeEach
  final void zonesAreServed() {
    onlyIf(info().getCapabilities().getPrivateDns(), "the pool has no private DNS");
  }

  /** Before the adapter is closed. The first that used a zone is the last to leave it. */
  @AfterEach
  final void leaveZones() {
    while (!zones.isEmpty()) {
      zones.pop().close();
    }
  }

  /** A zone that nobody else uses; it is not made yet. */
  final TestZone newZone() {
    return zone(TestZone.newName());
  }

  /** That zone, as another cluster uses it. */
  final TestZone zone(String name) {
    TestZone zone = new TestZone(adapter(), name);
    zones.push(zone);
    return zone;
  }

  /** Insists that the call fails. */
  static CloudFailure failure(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).as("the call fails").isNotNull();
    return CloudFailures.from(thrown);
  }
}
