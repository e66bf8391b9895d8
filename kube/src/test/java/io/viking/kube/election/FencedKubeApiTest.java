package io.viking.kube.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.KubeApiException;
import io.viking.kube.client.KubeWrites;
import io.viking.kube.client.PatchFormat;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FencedKubeApiTest {
  private final List<String> reached = new ArrayList<>();
  private boolean open = true;
  private final KubeApi api = FencedKubeApi.of(recording(), () -> open);

  private KubeApi recording() {
    return (KubeApi)
        Proxy.newProxyInstance(
            KubeApi.class.getClassLoader(),
            new Class<?>[] {KubeApi.class},
            (_, method, _) -> {
              reached.add(method.getName());
              return method.getReturnType() == Optional.class
                  ? Optional.empty()
                  : method.getReturnType() == List.class ? List.of() : null;
            });
  }

  private List<ThrowingCallable> writes() {
    return List.of(
        () -> api.create(ResourceType.PODS, "ns", new V1Pod()),
        () -> api.createUnread(ResourceType.PODS, "ns", new V1Pod()),
        () -> api.patch(ResourceType.PODS, "ns", "pod", "status", PatchFormat.MERGE, "{}"),
        () -> api.replace(ResourceType.PODS, new V1Pod()),
        () -> api.delete(ResourceType.PODS, "ns", "pod", "uid", 0),
        () -> api.evict("ns", "pod", "uid"),
        () -> api.bind("ns", "pod", "uid", "zone", Map.of(), Map.of()),
        () -> api.createToken("ns", "account", new AuthenticationV1TokenRequest()));
  }

  @Test
  void writesReachTheServer_whileTheFenceIsOpen() throws Throwable {
    for (ThrowingCallable write : writes()) {
      write.call();
    }
    assertThat(reached)
        .containsExactly(
            "create", "createUnread", "patch", "replace", "delete", "evict", "bind", "createToken");
  }

  @Test
  void writesAreRefusedHere_whileItIsClosed_andReadsAreNot() {
    open = false;
    for (ThrowingCallable write : writes()) {
      assertThatThrownBy(write)
          .isInstanceOfSatisfying(
              KubeApiException.class, e -> assertThat(e.isRetriable()).isTrue());
    }
    assertThat(reached).isEmpty();
    assertThat(api.get(ResourceType.PODS, "ns", "pod")).isEmpty();
    assertThat(api.list(ResourceType.PODS, "ns", "")).isEmpty();
    assertThat(reached).containsExactly("get", "list");
  }

  @Test
  void begunWritesToo() {
    KubeWrites writes = new FencedWrites(KubeWrites.blocking(recording()), () -> open);
    assertThat(begin(writes)).containsOnly(Optional.empty());
    assertThat(reached).containsExactly("patch", "delete", "evict", "bind");
    reached.clear();
    open = false;
    assertThat(begin(writes))
        .hasSize(4)
        .allSatisfy(
            failure ->
                assertThat(failure).hasValueSatisfying(e -> assertThat(e.isRetriable()).isTrue()));
    assertThat(reached).isEmpty();
  }

  private static List<Optional<KubeApiException>> begin(KubeWrites writes) {
    return Stream.of(
            writes.patch(ResourceType.PODS, "ns", "pod", "status", PatchFormat.MERGE, "{}"),
            writes.delete(ResourceType.PODS, "ns", "pod", "uid", 0),
            writes.evict("ns", "pod", "uid"),
            writes.bind("ns", "pod", "uid", "zone", Map.of(), Map.of()))
        .map(CompletableFuture::join)
        .toList();
  }

  @Test
  void withoutRivals_nothingStandsBetween() {
    KubeApi server = recording();
    assertThat(FencedKubeApi.of(server, Fence.OPEN)).isSameAs(server);
  }

  @Test
  void tenure_isOpenForHalfOfItsLeasesLife_fromTheSendingOfARenewal() {
    var now = new AtomicLong(Long.MAX_VALUE - 5); // nanoTime may overflow
    var tenure = new Tenure(Duration.ofNanos(20), now.get(), now::get);
    now.addAndGet(10);
    assertThat(tenure.isOpen()).as("after half of its life").isTrue();
    now.addAndGet(1);
    assertThat(tenure.isOpen()).as("a nanosecond later").isFalse();
    tenure.renewed(now.get());
    assertThat(tenure.isOpen()).as("renewed").isTrue();
    tenure.end();
    assertThat(tenure.isOpen()).as("over").isFalse();
  }
}
