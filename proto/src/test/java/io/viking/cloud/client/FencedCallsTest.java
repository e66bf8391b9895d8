package io.viking.cloud.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.viking.cloud.errors.CloudFailures;
import io.viking.cloud.v1.CatalogServiceGrpc;
import io.viking.cloud.v1.CreateInstancesRequest;
import io.viking.cloud.v1.DeleteInstancesRequest;
import io.viking.cloud.v1.DeleteInstancesResponse;
import io.viking.cloud.v1.DnsServiceGrpc;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.InfoServiceGrpc;
import io.viking.cloud.v1.InstanceServiceGrpc;
import io.viking.cloud.v1.InstanceServiceGrpc.InstanceServiceBlockingV2Stub;
import io.viking.cloud.v1.ListInstancesRequest;
import io.viking.cloud.v1.ListInstancesResponse;
import io.viking.cloud.v1.LoadBalancerServiceGrpc;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FencedCallsTest {
  /**
   * Of the contract's methods, those that change nothing, or only what a user does in a container.
   */
  private static final Set<String> HARMLESS =
      Set.of(
          "GetInfo",
          "GetCatalog",
          "WatchCatalog",
          "GetAccount",
          "ListInstances",
          "WatchInstances",
          "ReadLogs",
          "ExecInstance",
          "AttachInstance",
          "PortForward",
          "GetUsage",
          "ListLoadBalancers",
          "ListRecords");

  private final String name = InProcessServerBuilder.generateName();
  private final List<String> arrived = new CopyOnWriteArrayList<>();
  private final Deque<Boolean> answers = new ArrayDeque<>();
  private Server server;
  private ManagedChannel channel;
  private InstanceServiceBlockingV2Stub stub;

  private final class Cloud extends InstanceServiceGrpc.InstanceServiceImplBase {
    @Override
    public void deleteInstances(
        DeleteInstancesRequest request, StreamObserver<DeleteInstancesResponse> answer) {
      arrived.add("delete");
      answer.onNext(DeleteInstancesResponse.getDefaultInstance());
      answer.onCompleted();
    }

    @Override
    public void listInstances(
        ListInstancesRequest request, StreamObserver<ListInstancesResponse> answer) {
      arrived.add("list");
      answer.onNext(ListInstancesResponse.getDefaultInstance());
      answer.onCompleted();
    }
  }

  @BeforeEach
  void serve() throws IOException {
    server = InProcessServerBuilder.forName(name).addService(new Cloud()).build().start();
    channel = InProcessChannelBuilder.forName(name).build();
    Channel fenced =
        FencedCalls.on(channel, () -> answers.size() > 1 ? answers.pop() : answers.peek());
    stub = InstanceServiceGrpc.newBlockingV2Stub(fenced);
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void openFence_letsEverythingThrough() throws StatusException {
    answers.add(true);
    stub.deleteInstances(DeleteInstancesRequest.getDefaultInstance());
    assertThat(arrived).containsExactly("delete");
  }

  @Test
  void closedFence_refusesWhatChanges_asACallToBeTriedAgain_andLetsReadsThrough()
      throws StatusException {
    answers.add(false);
    assertThatThrownBy(() -> stub.deleteInstances(DeleteInstancesRequest.getDefaultInstance()))
        .satisfies(FencedCallsTest::isToBeTriedAgain);
    assertThatThrownBy(() -> stub.createInstances(CreateInstancesRequest.getDefaultInstance()))
        .satisfies(FencedCallsTest::isToBeTriedAgain);
    stub.listInstances(ListInstancesRequest.getDefaultInstance());
    assertThat(arrived).containsExactly("list");
  }

  @Test
  void fenceThatClosesWhileACallIsPrepared_keepsItsMessageBack() {
    answers.addAll(List.of(true, false));
    assertThatThrownBy(() -> stub.deleteInstances(DeleteInstancesRequest.getDefaultInstance()))
        .satisfies(FencedCallsTest::isToBeTriedAgain);
    assertThat(arrived).isEmpty();
  }

  private static void isToBeTriedAgain(Throwable thrown) {
    assertThat(CloudFailures.from(thrown).reason()).isEqualTo(ErrorReason.ERROR_REASON_UNAVAILABLE);
  }

  @Test
  void everyMethodOfTheContract_isEitherFencedOrKnownToBeHarmless() {
    Set<String> unfenced = new TreeSet<>();
    Stream.of(
            InfoServiceGrpc.getServiceDescriptor(),
            CatalogServiceGrpc.getServiceDescriptor(),
            InstanceServiceGrpc.getServiceDescriptor(),
            LoadBalancerServiceGrpc.getServiceDescriptor(),
            DnsServiceGrpc.getServiceDescriptor())
        .map(ServiceDescriptor::getMethods)
        .flatMap(java.util.Collection::stream)
        .filter(method -> !FencedCalls.CHANGING.contains(method.getFullMethodName()))
        .map(MethodDescriptor::getBareMethodName)
        .forEach(unfenced::add);
    assertThat(unfenced).containsExactlyInAnyOrderElementsOf(HARMLESS);
  }
}
