package io.viking.adapter.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.InstanceEvent;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.WatchInstancesRequest;
import io.viking.cloud.v1.WatchInstancesResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A watch and all that it has brought. Reads only as much as it is told to when it reads slowly.
 */
final class InstanceWatch implements AutoCloseable {
  private final AdapterUnderTest adapter;
  private final Answers<WatchInstancesRequest, WatchInstancesResponse> responses;

  private InstanceWatch(
      AdapterUnderTest adapter, Answers<WatchInstancesRequest, WatchInstancesResponse> responses) {
    this.adapter = adapter;
    this.responses = responses;
  }

  static InstanceWatch open(AdapterUnderTest adapter, String clusterId, long revision) {
    return open(adapter, clusterId, revision, Integer.MAX_VALUE);
  }

  /**
   * @param answers to take before {@link #takeAll}
   */
  static InstanceWatch open(
      AdapterUnderTest adapter, String clusterId, long revision, int answers) {
    Answers<WatchInstancesRequest, WatchInstancesResponse> responses = new Answers<>(answers);
    InstanceServiceGrpc.newStub(adapter.channel())
        .watchInstances(
            WatchInstancesRequest.newBuilder()
                .setClusterId(clusterId)
                .setRevision(revision)
                .build(),
            responses);
    return new InstanceWatch(adapter, responses);
  }

  /** Goes on to read whatever comes. */
  void takeAll() {
    responses.call().request(Integer.MAX_VALUE);
  }

  /** The answers so far. */
  List<WatchInstancesResponse> answers() {
    return responses.received();
  }

  List<InstanceEvent> events() {
    return answers().stream().flatMap(answer -> answer.getEventsList().stream()).toList();
  }

  List<InstanceEvent> events(String uid) {
    return events().stream().filter(event -> event.getInstance().getUid().equals(uid)).toList();
  }

  /** The revision from which a later watch would resume. */
  long revision() {
    return answers().getLast().getRevision();
  }

  void awaitAnswer() {
    await("first answer of a watch")
        .atMost(adapter.patience())
        .until(() -> alive(!answers().isEmpty()));
  }

  InstanceEvent awaitEvent(String what, Predicate<InstanceEvent> wanted) {
    return await(what)
        .atMost(adapter.patience())
        .until(
            () -> {
              Optional<InstanceEvent> found = events().stream().filter(wanted).findFirst();
              alive(found.isPresent());
              return found;
            },
            Optional::isPresent)
        .orElseThrow();
  }

  InstanceEvent awaitDeleted(String uid) {
    return awaitEvent(
        "DELETED event of " + uid,
        event ->
            event.getKind() == InstanceEvent.Kind.DELETED
                && event.getInstance().getUid().equals(uid));
  }

  Optional<CloudFailure> failure() {
    return responses.failure();
  }

  CloudFailure awaitFailure() {
    return await("failure of a watch")
        .atMost(adapter.patience())
        .until(responses::failure, Optional::isPresent)
        .orElseThrow();
  }

  @Override
  public void close() {
    responses.call().cancel("The test is over", null);
  }

  private boolean alive(boolean satisfied) {
    if (!satisfied) {
      assertThat(responses.failure()).as("the watch still stands").isEmpty();
      assertThat(responses.ended()).as("the watch was completed").isFalse();
    }
    return satisfied;
  }
}
