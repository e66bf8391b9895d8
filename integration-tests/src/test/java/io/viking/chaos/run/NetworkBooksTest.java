package io.viking.chaos.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1IngressLoadBalancerIngress;
import io.kubernetes.client.openapi.models.V1IngressLoadBalancerStatus;
import io.kubernetes.client.openapi.models.V1IngressStatus;
import io.kubernetes.client.openapi.models.V1LoadBalancerIngress;
import io.kubernetes.client.openapi.models.V1LoadBalancerStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceStatus;
import io.viking.cloud.v1.Backend;
import io.viking.cloud.v1.Listener;
import io.viking.cloud.v1.LoadBalancer;
import io.viking.cloud.v1.Record;
import io.viking.cloud.v1.RecordType;
import io.viking.cloud.v1.Rule;
import io.viking.cloud.v1.ServerGroup;
import io.viking.cloud.v1.WeightedServerGroup;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkBooksTest {
  private static final String NAMESPACE = "chaos-1";
  private static final String POD = "10.0.0.1";
  private static final String BALANCER = "47.0.0.1";

  private final List<V1Pod> pods = new ArrayList<>(List.of(pod(POD)));
  private final List<LoadBalancer> balancers =
      new ArrayList<>(List.of(layer4(POD, 100), layer7(POD)));
  private final List<Record> records =
      new ArrayList<>(
          List.of(
              record("balanced.chaos-1.svc", BALANCER),
              record("headless.chaos-1.svc", POD),
              record("10-0-0-1.headless.chaos-1.svc", POD),
              record("plain.chaos-1.svc", POD),
              record("kubernetes.default.svc", "10.96.0.1")));

  @Test
  void allFollowsFromThePods_isNoDifference() {
    assertThat(differences()).isEmpty();
  }

  @Test
  void readyPodThatIsNowhere_isADifferenceOfEach() {
    pods.add(pod("10.0.0.2"));

    assertThat(differences())
        .containsExactly(
            "chaos-1/balanced: of its backends 1 are missing [10.0.0.2], 0 too many []",
            "chaos-1/headless: of its name 1 are missing [10.0.0.2], 0 too many []",
            "chaos-1/plain: of its name 1 are missing [10.0.0.2], 0 too many []",
            "chaos-1/front: of its backends 1 are missing [10.0.0.2], 0 too many []");
  }

  @Test
  void backendOfAPodThatIsGone_isADifference_unlessItGetsNothingNew() {
    balancers.set(0, layer4("10.0.0.9", 100));
    assertThat(differences())
        .containsExactly(
            "chaos-1/balanced: of its backends 1 are missing [10.0.0.1], 1 too many [10.0.0.9]");

    balancers.set(0, layer4(POD, 100).toBuilder().addServerGroups(group("10.0.0.9", 0)).build());
    assertThat(differences()).isEmpty();
  }

  @Test
  void ruleThatIsMissing_isADifference() {
    balancers.set(1, layer7(POD).toBuilder().clearListeners().build());

    assertThat(differences()).containsExactly("chaos-1/front: 0 rules at alb.example");
  }

  @Test
  void whatIsLeftOver_isADifference() {
    records.add(record("headless.chaos-7.svc", "10.0.0.8"));
    balancers.add(LoadBalancer.newBuilder().setCloudId("lb-9").build());

    assertThat(differences())
        .containsExactly(
            "-: 2 load balancers of 1 Services", "-: record headless.chaos-7.svc of no Service");
  }

  private List<String> differences() {
    return new NetworkBooks(pods, services(), List.of(ingress()), balancers, records).differences();
  }

  private static List<V1Service> services() {
    List<V1Service> services = Fronts.services();
    services.forEach(service -> service.getMetadata().setNamespace(NAMESPACE));
    services
        .getFirst()
        .setStatus(
            new V1ServiceStatus()
                .loadBalancer(
                    new V1LoadBalancerStatus()
                        .ingress(List.of(new V1LoadBalancerIngress().ip(BALANCER)))));
    return services;
  }

  private static V1Ingress ingress() {
    V1Ingress ingress = Fronts.ingress(NAMESPACE);
    ingress.getMetadata().setNamespace(NAMESPACE);
    return ingress.status(
        new V1IngressStatus()
            .loadBalancer(
                new V1IngressLoadBalancerStatus()
                    .ingress(List.of(new V1IngressLoadBalancerIngress().hostname("alb.example")))));
  }

  private static V1Pod pod(String address) {
    return new V1Pod()
        .metadata(
            new V1ObjectMeta().uid(address).name(address).namespace(NAMESPACE).labels(Fronts.LABEL))
        .status(
            new V1PodStatus()
                .phase("Running")
                .podIP(address)
                .conditions(List.of(new V1PodCondition().type("Ready").status("True"))));
  }

  private static LoadBalancer layer4(String pod, int weight) {
    return LoadBalancer.newBuilder()
        .addAddresses(BALANCER)
        .addServerGroups(group(pod, weight))
        .build();
  }

  private static ServerGroup group(String pod, int weight) {
    return ServerGroup.newBuilder()
        .setName("svc/chaos-1/balanced/80/TCP")
        .addBackends(Backend.newBuilder().setAddress(pod).setWeight(weight))
        .build();
  }

  private static LoadBalancer layer7(String pod) {
    return LoadBalancer.newBuilder()
        .setHostname("alb.example")
        .addListeners(
            Listener.newBuilder()
                .setPort(80)
                .addRules(
                    Rule.newBuilder()
                        .addHosts("chaos-1.example")
                        .addForward(
                            WeightedServerGroup.newBuilder()
                                .setServerGroup("ing/chaos-1/plain/80"))))
        .addServerGroups(
            ServerGroup.newBuilder()
                .setName("ing/chaos-1/plain/80")
                .addBackends(Backend.newBuilder().setAddress(pod).setWeight(100)))
        .build();
  }

  private static Record record(String name, String value) {
    return Record.newBuilder()
        .setName(name)
        .setType(RecordType.RECORD_TYPE_A)
        .setValue(value)
        .build();
  }
}
