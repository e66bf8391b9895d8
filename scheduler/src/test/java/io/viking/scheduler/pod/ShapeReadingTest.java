package io.viking.scheduler.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.util.Yaml;
import io.viking.scheduler.selector.LabelMatch;
import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.selector.LabelRule.Operator;
import io.viking.scheduler.selector.NodeTerm;
import io.viking.scheduler.selector.NodeWishes;
import io.viking.scheduler.selector.Toleration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** From a manifest, as users write it, to a shape. */
class ShapeReadingTest {
  private static final String ZONE = "topology.kubernetes.io/zone";

  @Test
  void needs_containersSidecarsInits_asUpstreamAddsThem() {
    PodShape shape =
        shape(
            """
            initContainers:
            - name: big
              resources: {requests: {cpu: "3", memory: 1Gi}}
            - name: sidecar
              restartPolicy: Always
              resources: {requests: {cpu: 500m, memory: 512Mi}}
            - name: late
              resources: {requests: {cpu: "1", memory: 3Gi}}
            containers:
            - name: a
              resources: {requests: {cpu: "1", memory: 1Gi}, limits: {cpu: "2", memory: 1Gi}}
            - name: b
              resources: {requests: {cpu: 100m, memory: 1M}, limits: {nvidia.com/gpu: 1}}
            overhead: {cpu: 10m}
            """);
    assertThat(shape.requests()).isEqualTo(new Needs(3010, 3584, 0));
    assertThat(shape.ceiling()).isEqualTo(new Needs(3010, 3584, 1));
  }

  @Test
  void needs_limitAboveRequest_ceilingIsTheLimit() {
    PodShape shape =
        shape(
            """
            containers:
            - name: a
              resources: {requests: {cpu: 250m}, limits: {cpu: "2", memory: 1.5Gi}}
            """);
    assertThat(shape.requests()).isEqualTo(new Needs(250, 0, 0));
    assertThat(shape.ceiling()).isEqualTo(new Needs(2000, 1536, 0));
  }

  @Test
  void needs_wholePod_takesThePlaceOfTheSum() {
    PodShape shape =
        shape(
            """
            resources: {requests: {cpu: "2"}}
            containers:
            - name: a
              resources: {requests: {cpu: 250m, memory: 1Gi}}
            """);
    assertThat(shape.requests()).isEqualTo(new Needs(2000, 1024, 0));
  }

  @Test
  void nodes_selectorAffinityAndTolerations() {
    PodShape shape =
        shape(
            """
            nodeSelector: {disk: ssd}
            affinity:
              nodeAffinity:
                requiredDuringSchedulingIgnoredDuringExecution:
                  nodeSelectorTerms:
                  - matchExpressions: [{key: zone, operator: NotIn, values: [h, i]}]
                    matchFields: [{key: metadata.name, operator: In, values: [j]}]
                preferredDuringSchedulingIgnoredDuringExecution:
                - weight: 20
                  preference: {matchExpressions: [{key: generation, operator: Gt, values: ["5"]}]}
            tolerations:
            - {key: gpu, operator: Exists, effect: NoSchedule}
            - {key: team, value: a}
            """);
    assertThat(shape.nodes())
        .isEqualTo(
            new NodeWishes(
                Map.of("disk", "ssd"),
                Optional.of(
                    List.of(
                        new NodeTerm(
                            List.of(new LabelRule("zone", Operator.NOT_IN, Set.of("h", "i"))),
                            List.of(LabelRule.is("metadata.name", "j"))))),
                List.of(
                    new NodeWishes.Preferred(
                        20,
                        new NodeTerm(
                            List.of(new LabelRule("generation", Operator.GT, Set.of("5"))),
                            List.of())))));
    assertThat(shape.tolerations())
        .containsExactly(
            new Toleration("gpu", "Exists", "", "NoSchedule"), new Toleration("team", "", "a", ""));
  }

  @Test
  void spread_strictAndSoftOnZones_areKept() {
    PodShape shape =
        shape(
            """
            topologySpreadConstraints:
            - {maxSkew: 2, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule,
               labelSelector: {matchLabels: {app: web}}, minDomains: 3, nodeTaintsPolicy: Honor,
               nodeAffinityPolicy: Ignore, matchLabelKeys: [hash, absent]}
            - {maxSkew: 1, topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: ScheduleAnyway,
               labelSelector: {matchLabels: {app: web}}}
            - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule,
               labelSelector: {matchLabels: {app: web}}}
            """);
    var scope =
        PodScope.in(
            "shop",
            LabelMatch.allOf(List.of(LabelRule.is("app", "web"), LabelRule.is("hash", "1"))));
    assertThat(shape.spread())
        .containsExactly(new SpreadConstraint(ZONE, scope, 2, 3, false, true));
    var web = PodScope.in("shop", LabelMatch.allOf(List.of(LabelRule.is("app", "web"))));
    assertThat(shape.softSpread())
        .containsExactly(new SpreadConstraint(ZONE, web, 1, 1, true, false));
    assertThat(shape.flaws()).isEmpty();
  }

  @Test
  void affinity_namespaces_ownListedChosenOrAll() {
    PodShape shape =
        shape(
            """
            affinity:
              podAffinity:
                requiredDuringSchedulingIgnoredDuringExecution:
                - {topologyKey: topology.kubernetes.io/zone, labelSelector: {matchLabels: {app: db}}}
                - {topologyKey: topology.kubernetes.io/zone, namespaces: [a, b],
                   labelSelector: {matchExpressions: [{key: app, operator: Exists}]}}
                - {topologyKey: topology.kubernetes.io/zone, namespaceSelector: {},
                   mismatchLabelKeys: [hash, absent], labelSelector: {}}
                - {topologyKey: topology.kubernetes.io/zone, namespaces: [a],
                   namespaceSelector: {matchLabels: {team: x}}, labelSelector: {}}
                - {topologyKey: topology.kubernetes.io/zone}
            """);
    assertThat(shape.ties().near())
        .containsExactly(
            new AffinityTerm(
                ZONE, PodScope.in("shop", LabelMatch.allOf(List.of(LabelRule.is("app", "db"))))),
            new AffinityTerm(
                ZONE,
                new PodScope(
                    Set.of("a", "b"),
                    LabelMatch.NOTHING,
                    LabelMatch.allOf(List.of(new LabelRule("app", Operator.EXISTS, Set.of()))))),
            new AffinityTerm(
                ZONE,
                new PodScope(
                    Set.of(),
                    LabelMatch.EVERYTHING,
                    LabelMatch.allOf(
                        List.of(new LabelRule("hash", Operator.NOT_IN, Set.of("1")))))),
            new AffinityTerm(
                ZONE,
                new PodScope(
                    Set.of("a"),
                    LabelMatch.allOf(List.of(LabelRule.is("team", "x"))),
                    LabelMatch.EVERYTHING)),
            new AffinityTerm(ZONE, PodScope.in("shop", LabelMatch.NOTHING)));
  }

  @Test
  void hostname_antiAffinityAlwaysHolds_affinityNeverCan() {
    String term = "{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}";
    String affinity =
        """
        affinity:
          %s:
            requiredDuringSchedulingIgnoredDuringExecution: [%s]
        """;
    PodShape apart = shape(affinity.formatted("podAntiAffinity", term));
    assertThat(apart.ties()).isEqualTo(Ties.NONE);
    assertThat(apart.flaws()).isEmpty();
    assertThat(shape(affinity.formatted("podAffinity", term)).flaws())
        .singleElement()
        .asString()
        .startsWith(
            "spec.affinity.podAffinity requires other pods on the same kubernetes.io/hostname");
  }

  @Test
  void affinity_preferred_weighedAndSigned() {
    PodShape shape =
        shape(
            """
            affinity:
              podAffinity:
                preferredDuringSchedulingIgnoredDuringExecution:
                - weight: 30
                  podAffinityTerm:
                    {topologyKey: topology.kubernetes.io/region, matchLabelKeys: [hash],
                     labelSelector: {matchLabels: {app: db}}}
                - weight: 100
                  podAffinityTerm:
                    {topologyKey: kubernetes.io/hostname, labelSelector: {}}
              podAntiAffinity:
                preferredDuringSchedulingIgnoredDuringExecution:
                - weight: 5
                  podAffinityTerm:
                    {topologyKey: topology.kubernetes.io/zone, labelSelector: {}}
            """);
    assertThat(shape.flaws()).isEmpty();
    assertThat(shape.ties().preferred())
        .containsExactly(
            new WeightedTerm(
                30,
                new AffinityTerm(
                    "topology.kubernetes.io/region",
                    PodScope.in(
                        "shop",
                        LabelMatch.allOf(
                            List.of(LabelRule.is("app", "db"), LabelRule.is("hash", "1")))))),
            new WeightedTerm(
                -5, new AffinityTerm(ZONE, PodScope.in("shop", LabelMatch.EVERYTHING))));
  }

  @Test
  void flaws_whatCannotBeHonoured_isNamedByItsField() {
    assertThat(
            shape(
                    """
                    resourceClaims: [{name: device}]
                    """)
                .flaws())
        .satisfiesExactly(flaw -> assertThat(flaw).startsWith("spec.resourceClaims:"));
  }

  @Test
  void claims_ofVolumes_areNamedOnceAndEphemeralOnesAreThePodsOwn() {
    PodShape shape =
        shape(
            """
            volumes:
            - {name: data, persistentVolumeClaim: {claimName: disk}}
            - {name: again, persistentVolumeClaim: {claimName: disk, readOnly: true}}
            - {name: scratch, ephemeral: {}}
            - {name: none, emptyDir: {}}
            """);
    assertThat(shape.claims())
        .containsExactly(new ClaimUse("disk", ""), new ClaimUse("web-scratch", "uid-1"));
  }

  @Test
  void annotations_understood_areWishes() {
    assertThat(
            annotated(
                    Map.of(
                        "eci-use-specs", "2.0-4Gi, .5-1Gi,ecs.c6.xlarge",
                        "eci-vswitch", "vsw-a,vsw-b",
                        "eci-schedule-strategy", "VSwitchOrdered",
                        "eci-spot-strategy", "SpotAsPriceGo",
                        "eci-instance-family", "ecs.c6, ecs.g6,-ecs.hfg5",
                        "eci-instance-generation", "7,-5",
                        "eci-fail-strategy", "fail-fast"))
                .cloud())
        .isEqualTo(
            new CloudWishes(
                List.of("2-4Gi", "0.5-1Gi", "ecs.c6.xlarge"),
                List.of("vsw-a", "vsw-b"),
                true,
                Optional.of(new Bid(Bid.ANY, false)),
                new FamilyWishes(
                    List.of("ecs.c6", "ecs.g6"), List.of("ecs.hfg5"), List.of(7), List.of(5)),
                true));
  }

  @Test
  void annotations_spot_areABid() {
    assertThat(bid("eci-spot-strategy", "NoSpot")).isEmpty();
    assertThat(bid("eci-spot-price-limit", "0.5")).isEmpty();
    assertThat(bid("eci-spot-strategy", "SpotAsPriceGo", "eci-spot-fallback", "true"))
        .contains(new Bid(Bid.ANY, true));
    // 0.25 per hour is 69,444.4 billionths per second.
    assertThat(bid("eci-spot-strategy", "SpotWithPriceLimit", "eci-spot-price-limit", "0.250"))
        .contains(new Bid(69_444, false));
  }

  @Test
  void annotations_spotMalformed_areFlaws() {
    assertThat(
            annotated(
                    Map.of(
                        "eci-spot-strategy", "Spot",
                        "eci-spot-price-limit", "0.1234",
                        "eci-spot-duration", "2",
                        "eci-spot-fallback", "yes"))
                .flaws())
        .containsExactly(
            "annotation k8s.aliyun.com/eci-spot-strategy is \"Spot\", but must be one of NoSpot,"
                + " SpotAsPriceGo, SpotWithPriceLimit",
            "annotation k8s.aliyun.com/eci-spot-price-limit is \"0.1234\", but must be a price per"
                + " hour above 0 with at most 3 decimals, such as 0.250",
            "annotation k8s.aliyun.com/eci-spot-duration is \"2\", but must be an integer from 0 to"
                + " 1 (hours)",
            "annotation k8s.aliyun.com/eci-spot-fallback is \"yes\", but must be true or false");
    assertThat(annotated(Map.of("eci-spot-strategy", "SpotWithPriceLimit")).flaws())
        .containsExactly(
            "annotation k8s.aliyun.com/eci-spot-price-limit is \"\", but must be a price per hour"
                + " above 0 with at most 3 decimals, such as 0.250, since eci-spot-strategy is"
                + " SpotWithPriceLimit");
  }

  private static Optional<Bid> bid(String... annotations) {
    var all = new HashMap<String, String>();
    for (int i = 0; i < annotations.length; i += 2) {
      all.put(annotations[i], annotations[i + 1]);
    }
    return annotated(all).cloud().bid();
  }

  @Test
  void annotations_malformed_areFlaws_alsoOfThoseThatChooseNoZone() {
    assertThat(annotated(Map.of("eci-vswitch", "vsw-a,,vsw-b", "eip-isp", "X")).flaws())
        .containsExactly(
            "annotation k8s.aliyun.com/eci-vswitch is \"vsw-a,,vsw-b\", but must be 1 to 10,"
                + " separated by commas, each the id of a vSwitch (vsw-…)",
            "annotation k8s.aliyun.com/eip-isp is \"X\", but must be BGP or BGP_PRO");
  }

  private static PodShape annotated(Map<String, String> annotations) {
    V1Pod pod = pod("containers: [{name: a}]\n");
    annotations.forEach(
        (key, value) -> pod.getMetadata().putAnnotationsItem("k8s.aliyun.com/" + key, value));
    return read(pod);
  }

  private static PodShape shape(String spec) {
    return read(pod(spec));
  }

  private static PodShape read(V1Pod pod) {
    return ((PodSight.Waiting) new PodReader(Set.of("viking")).read(pod)).pod().shape();
  }

  private static V1Pod pod(String spec) {
    String head =
        """
        apiVersion: v1
        kind: Pod
        metadata: {namespace: shop, name: web, uid: uid-1, labels: {app: web, hash: "1"}}
        spec:
          schedulerName: viking
        """;
    try {
      return Yaml.loadAs(head + spec.indent(2), V1Pod.class);
    } catch (RuntimeException e) {
      throw new IllegalStateException(e);
    }
  }
}
