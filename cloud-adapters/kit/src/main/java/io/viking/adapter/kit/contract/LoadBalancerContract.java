package io.viking.adapter.kit.contract;

import static io.viking.adapter.kit.contract.TestLoadBalancers.add;
import static io.viking.adapter.kit.contract.TestLoadBalancers.backend;
import static io.viking.adapter.kit.contract.TestLoadBalancers.layer7;
import static io.viking.adapter.kit.contract.TestLoadBalancers.newRef;
import static io.viking.adapter.kit.contract.TestLoadBalancers.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.Certificate;
import io.viking.cloud.v1.EnsureLoadBalancerRequest;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.ListLoadBalancersRequest;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.LoadBalancerRef;
import io.viking.cloud.v1.LoadBalancerSpec;
import io.viking.cloud.v1.PathMatch;
import io.viking.cloud.v1.Protocol;
import io.viking.cloud.v1.Rule;
import io.viking.cloud.v1.ServerGroup;
import io.viking.cloud.v1.WeightedServerGroup;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Load balancers that are declared, listed and deleted. */
public abstract class LoadBalancerContract extends LoadBalancerTopic {
  @Test
  void declared_isMade_andHasAnAddress() {
    TestLoadBalancers ours = newLoadBalancers();
    LoadBalancerRef ref = newRef();

    LoadBalancer made = ours.active(spec(ref, 80, 443));

    assertThat(made.getCloudId()).as("cloud id").isNotBlank();
    assertThat(made.getRef()).isEqualTo(ref);
    assertThat(made.getAddressesList()).as("addresses").isNotEmpty();
    assertThat(made.getListenersList()).extracting(Listener::getPort).containsExactly(80, 443);
    assertThat(ours.find(ref)).hasValue(made);
  }

  @Test
  void declaredAgain_isTheSame_once() {
    TestLoadBalancers ours = newLoadBalancers();
    LoadBalancerSpec spec = spec(newRef(), 80);
    LoadBalancer first = ours.active(spec);

    assertThat(ours.active(spec)).isEqualTo(first);
    assertThat(ours.list(0)).hasSize(1);
  }

  @Test
  void layer7_hasAHostname_andItsRulesInOrder() {
    TestLoadBalancers ours = newLoadBalancers();

    LoadBalancer made =
        ours.active(
            layer7(
                newRef(),
                Listener.newBuilder()
                    .setPort(80)
                    .setProtocol(Protocol.PROTOCOL_HTTP)
                    .setDefaultServerGroup("rest")
                    .addRules(rule("longer", "/shop/cart", "cart"))
                    .addRules(rule("shorter", "/shop", "shop"))));

    assertThat(made.getHostname()).as("hostname").isNotBlank();
    assertThat(made.getListeners(0).getRulesList())
        .extracting(Rule::getName)
        .containsExactly("longer", "shorter");
    assertThat(made.getServerGroupsList())
        .extracting(ServerGroup::getName)
        .containsExactlyInAnyOrder("cart", "rest", "shop");
  }

  @Test
  void changedDeclaration_makesChangesAndDeletes_andLeavesBackends() {
    TestLoadBalancers ours = newLoadBalancers();
    LoadBalancerRef ref = newRef();
    LoadBalancer before = ours.active(spec(ref, 80, 81));
    ours.changed(ref, add(TestLoadBalancers.GROUP, backend("10.0.0.7", 100)));
    Listener weighted =
        Listener.newBuilder()
            .setPort(81)
            .setProtocol(Protocol.PROTOCOL_TCP)
            .setScheduler("wrr")
            .setDefaultServerGroup(TestLoadBalancers.GROUP)
            .build();

    LoadBalancer after = ours.active(spec(ref, 82).toBuilder().addListeners(weighted).build());

    assertThat(after.getCloudId()).isEqualTo(before.getCloudId());
    assertThat(after.getListenersList())
        .as("80 is deleted, 81 changed, 82 made")
        .containsExactlyInAnyOrder(spec(ref, 82).getListeners(0), weighted);
    assertThat(ours.backends(ref, TestLoadBalancers.GROUP))
        .containsExactly(backend("10.0.0.7", 100));
  }

  @Test
  void groupThatNoListenerNamesAnyMore_goes_withItsBackends() {
    TestLoadBalancers ours = newLoadBalancers();
    LoadBalancerRef ref = newRef();
    ours.active(spec(ref, 80));
    ours.changed(ref, add(TestLoadBalancers.GROUP, backend("10.0.0.7", 100)));
    ours.changed(ref, add("next", backend("10.0.0.8", 100)));
    LoadBalancerSpec next =
        LoadBalancerSpec.newBuilder(spec(ref))
            .addListeners(spec(ref, 80).getListeners(0).toBuilder().setDefaultServerGroup("next"))
            .build();

    LoadBalancer after = ours.active(next);

    assertThat(after.getServerGroupsList())
        .containsExactly(
            ServerGroup.newBuilder().setName("next").addBackends(backend("10.0.0.8", 100)).build());
  }

  @Test
  void deleted_isGone_andDeletingAgainIsDone() {
    TestLoadBalancers ours = newLoadBalancers();
    LoadBalancerRef ref = newRef();
    ours.active(spec(ref, 80));

    ours.delete(ref);

    assertThat(ours.find(ref)).isEmpty();
    ours.delete(ref);
    ours.delete(newRef());
  }

  @Test
  void deleted_andDeclaredAgain_isAnother() {
    TestLoadBalancers ours = newLoadBalancers();
    LoadBalancerSpec spec = spec(newRef(), 80);
    String first = ours.active(spec).getCloudId();
    ours.delete(spec.getRef());

    assertThat(ours.active(spec).getCloudId()).isNotEqualTo(first);
  }

  @Test
  void pages_showEachOnce() {
    TestLoadBalancers ours = newLoadBalancers();
    List<LoadBalancerRef> refs = List.of(newRef(), newRef(), newRef());
    refs.forEach(ref -> ours.active(spec(ref, 80)));

    assertThat(ours.list(2))
        .extracting(LoadBalancer::getRef)
        .containsExactlyInAnyOrderElementsOf(refs);
    assertThat(failure(() -> ours.page(ListLoadBalancersRequest.newBuilder().setPageSize(-1))))
        .extracting(failure -> failure.metadata().get("field"))
        .isEqualTo("page_size");
  }

  @Test
  void otherCluster_seesNothing_andDeletesNothing() {
    TestLoadBalancers ours = newLoadBalancers();
    TestLoadBalancers other = newLoadBalancers();
    LoadBalancerRef ref = newRef();
    LoadBalancer made = ours.active(spec(ref, 80));

    assertThat(other.list(0)).isEmpty();
    other.delete(ref);
    assertThat(ours.find(ref)).hasValue(made);

    assertThat(other.active(spec(ref, 80)).getCloudId())
        .as("of the same key in another cluster")
        .isNotEqualTo(made.getCloudId());
  }

  @Test
  void whatCanNeverBe_isRefused_namingTheField() {
    TestLoadBalancers ours = newLoadBalancers();

    assertInvalid(ours, spec(LoadBalancerRef.getDefaultInstance(), 80), "ref");
    assertInvalid(ours, spec(newRef(), 0), "listeners[0].port");
    assertInvalid(ours, spec(newRef(), 80, 80), "listeners[1].port");
    assertInvalid(ours, spec(newRef(), 80).toBuilder().clearLayer().build(), "layer");
    assertInvalid(
        ours,
        layer7(newRef(), Listener.newBuilder().setPort(80).setProtocol(Protocol.PROTOCOL_TCP)),
        "listeners[0].protocol");
    assertInvalid(
        ours,
        layer7(newRef(), Listener.newBuilder().setPort(443).setProtocol(Protocol.PROTOCOL_HTTPS)),
        "listeners[0].certificates");
    assertThat(ours.list(0)).as("what was refused").isEmpty();
  }

  @Test
  void certificateWithoutASource_isTheOneThatIsThere_orIsRefused() {
    TestLoadBalancers ours = newLoadBalancers();

    assertInvalid(
        ours,
        layer7(
                newRef(),
                Listener.newBuilder()
                    .setPort(443)
                    .setProtocol(Protocol.PROTOCOL_HTTPS)
                    .addCertificates("site"))
            .toBuilder()
            .addCertificates(Certificate.newBuilder().setName("site"))
            .build(),
        "certificates");
  }

  @Test
  void callWithoutACluster_isInvalid() {
    TestLoadBalancers ours = newLoadBalancers();

    assertThat(
            failure(
                    () ->
                        ours.calls()
                            .ensureLoadBalancer(
                                EnsureLoadBalancerRequest.newBuilder()
                                    .setLoadBalancer(spec(newRef(), 80))
                                    .build()))
                .reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
    assertThat(
            failure(
                    () ->
                        ours.calls()
                            .listLoadBalancers(ListLoadBalancersRequest.getDefaultInstance()))
                .reason())
        .isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
  }

  @Test
  void restart_losesNothing() throws Exception {
    TestLoadBalancers ours = newLoadBalancers();
    LoadBalancerRef ref = newRef();
    ours.active(spec(ref, 80));
    ours.changed(ref, add(TestLoadBalancers.GROUP, backend("10.0.0.7", 100)));
    List<LoadBalancer> before = ours.list(0);

    needs(adapter().restart(), "restart the adapter").restart();

    assertThat(ours.list(0)).isEqualTo(before);
  }

  private static void assertInvalid(TestLoadBalancers ours, LoadBalancerSpec spec, String field) {
    assertThat(failure(() -> ours.declare(spec)))
        .satisfies(
            failure -> {
              assertThat(failure.reason()).isEqualTo(ErrorReason.ERROR_REASON_INVALID_SPEC);
              assertThat(failure.metadata()).containsEntry("field", field);
            });
  }

  private static Rule.Builder rule(String name, String prefix, String group) {
    return Rule.newBuilder()
        .setName(name)
        .addPaths(PathMatch.newBuilder().setKind(PathMatch.Kind.PREFIX).setPath(prefix))
        .addForward(WeightedServerGroup.newBuilder().setServerGroup(group).setWeight(100));
  }
}
