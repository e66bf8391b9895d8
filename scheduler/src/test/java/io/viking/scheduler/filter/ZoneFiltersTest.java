package io.viking.scheduler.filter;

import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Cloud.cordoned;
import static io.viking.scheduler.testing.Cloud.node;
import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.selector.LabelRule.Operator;
import io.viking.scheduler.selector.Taint;
import io.viking.scheduler.testing.Cloud;
import io.viking.scheduler.testing.Shape;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Inventory;
import io.viking.scheduler.zone.Site;
import io.viking.scheduler.zone.ZoneNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every zone filter against zone h: the pod, the zone, what comes of it. */
class ZoneFiltersTest {
  private static final String TYPE = "1-2Gi";
  private static final Taint GPU = new Taint("gpu", "v100", "NoSchedule");
  private static final Set<Cure> NODE = Set.of(new Cure.NodeChanged("h"));

  static Stream<Arguments> nodeAffinity() {
    return Stream.of(
        Arguments.of(shape(), true),
        Arguments.of(shape().selector(Shape.ZONE, "h"), true),
        Arguments.of(shape().selector(Shape.ZONE, "i"), false),
        Arguments.of(shape().selector("topology.kubernetes.io/region", "r"), true),
        Arguments.of(shape().selector("kubernetes.io/arch", "arm64"), true),
        Arguments.of(shape().selector("node.kubernetes.io/instance-type", "ecs.c6.large"), true),
        Arguments.of(shape().selector("kubernetes.io/os", "linux"), true),
        Arguments.of(shape().selector("kubernetes.io/hostname", "h"), true),
        Arguments.of(shape().required(rule(Operator.IN, "h", "i")), true),
        Arguments.of(shape().required(rule(Operator.NOT_IN, "h")), false),
        Arguments.of(shape().required(rule(Operator.EXISTS)), true),
        Arguments.of(shape().required(rule(Operator.DOES_NOT_EXIST)), false),
        Arguments.of(shape().prefer(100, rule(Operator.IN, "i")), true));
  }

  @ParameterizedTest
  @MethodSource
  void nodeAffinity(Shape shape, boolean passes) {
    expect(
        new NodeAffinity(),
        shape,
        h(node("h")),
        passes,
        "not matching the pod's node selector or affinity",
        NODE);
  }

  static Stream<Arguments> taints() {
    return Stream.of(
        Arguments.of(shape(), node("h"), ""),
        Arguments.of(shape(), node("h", GPU), "with the untolerated taint {gpu=v100:NoSchedule}"),
        Arguments.of(shape().tolerate("gpu", "Exists", "", ""), node("h", GPU), ""),
        Arguments.of(
            shape(),
            node("h", new Taint("a", "", "NoExecute")),
            "with the untolerated taint {a:NoExecute}"),
        Arguments.of(shape(), node("h", new Taint("a", "", "PreferNoSchedule")), ""),
        Arguments.of(
            shape(),
            node("h", new Taint("virtual-kubelet.io/provider", "other", "NoSchedule")),
            "with the untolerated taint {virtual-kubelet.io/provider=other:NoSchedule}"),
        Arguments.of(shape(), cordoned("h"), "cordoned"),
        Arguments.of(
            shape().tolerate("node.kubernetes.io/unschedulable", "Exists", "", ""),
            cordoned("h"),
            ""));
  }

  @ParameterizedTest
  @MethodSource
  void taints(Shape shape, ZoneNode node, String reason) {
    expect(new Taints(), shape, h(node), reason.isEmpty(), reason, NODE);
  }

  @Test
  void nodePresent() {
    expect(new NodePresent(), shape(), h(node("h")), true, "", Set.of());
    expect(new NodePresent(), shape(), h(node("i")), false, "without a Node yet", NODE);
  }

  @Test
  void zoneOpen() {
    expect(new ZoneOpen(), shape(), h(cloud()), true, "", Set.of());
    expect(
        new ZoneOpen(),
        shape(),
        h(cloud().closed("h")),
        false,
        "closed by the cloud",
        Set.of(new Cure.ZoneChanged("h")));
  }

  @Test
  void vswitches() {
    expect(new VSwitches(), shape(), h(cloud()), true, "", Set.of());
    expect(
        new VSwitches(),
        shape().vswitches(false, "vsw-j", "vsw-h"),
        h(cloud()),
        true,
        "",
        Set.of());
    expect(
        new VSwitches(),
        shape().vswitches(true, "vsw-i"),
        h(cloud()),
        false,
        "without a vSwitch of the annotation k8s.aliyun.com/eci-vswitch (vsw-i)",
        Set.of(new Cure.ZoneChanged("h")));
  }

  @Test
  void vswitchDemands_noZoneHasOne_namesItAndWhatThereIs() {
    var demands = new VSwitchDemands();
    List<Site> sites = cloud().sites();
    assertThat(demands.check(shape().build(), sites)).isEqualTo(Verdict.PASS);
    assertThat(demands.check(shape().vswitches(false, "vsw-x", "vsw-j").build(), sites))
        .isEqualTo(Verdict.PASS);
    assertThat(demands.check(shape().vswitches(false, "vsw-x", "vsw-y").build(), sites))
        .isEqualTo(
            Verdict.reject(
                "annotation k8s.aliyun.com/eci-vswitch: no zone has vsw-x, vsw-y; there are vsw-h,"
                    + " vsw-i, vsw-j",
                new Cure.ZoneChanged("h"),
                new Cure.ZoneChanged("i"),
                new Cure.ZoneChanged("j")));
  }

  @Test
  void sold() {
    expect(new Sold(), shape(), h(cloud().stock("h", TYPE, 0)), true, "", Set.of());
    expect(
        new Sold(),
        shape(),
        h(cloud().notSelling("h", TYPE)),
        false,
        "not selling 1-2Gi",
        Set.of(new Cure.Stock("h", TYPE)));
  }

  @Test
  void sold_asSpot() {
    Cloud cloud = cloud().withoutSpot("h", TYPE);
    expect(new Sold(), shape(), h(cloud), true, "", Set.of());
    expect(new Sold(), shape().bid(9, true), h(cloud), true, "", Set.of());
    expect(
        new Sold(),
        shape().spot(),
        h(cloud),
        false,
        "not selling 1-2Gi as spot",
        Set.of(new Cure.SpotPrice("h", TYPE)));
  }

  static Stream<Arguments> spotPrice() {
    return Stream.of(
        Arguments.of(shape(), true),
        Arguments.of(shape().spot(), true),
        Arguments.of(shape().bid(88_900, false), true),
        Arguments.of(shape().bid(88_899, false), false),
        Arguments.of(shape().bid(88_899, true), true));
  }

  /** The market price in h is 88,900 billionths per second, which is 0.32004 per hour. */
  @ParameterizedTest
  @MethodSource
  void spotPrice(Shape shape, boolean passes) {
    expect(
        new SpotPrice(),
        shape,
        h(cloud().price("h", TYPE, 444_500)),
        passes,
        "with a market price above the 0.32 per hour of the annotation"
            + " k8s.aliyun.com/eci-spot-price-limit",
        Set.of(new Cure.SpotPrice("h", TYPE)));
  }

  @Test
  void spotPrice_thatMoves_changesTheDetailAlone() {
    var bid = request(shape().bid(27_777, false), TYPE);
    Site dear = h(cloud().price("h", TYPE, 444_500));
    Site dearer = h(cloud().price("h", TYPE, 500_000));
    assertThat(new SpotPrice().check(bid, dear)).isEqualTo(new SpotPrice().check(bid, dearer));
    assertThat(new SpotPrice().detail(bid, dear)).isEqualTo("it is 0.321");
    assertThat(new SpotPrice().detail(bid, dearer)).isEqualTo("it is 0.360");
  }

  @Test
  void stock() {
    Set<Cure> cures = Set.of(new Cure.Stock("h", TYPE));
    expect(new Stock(), shape(), h(cloud()), true, "", Set.of());
    expect(new Stock(), shape(), h(cloud().stock("h", TYPE, 1)), true, "", Set.of());
    expect(
        new Stock(),
        shape(),
        h(cloud().stock("h", TYPE, 0)),
        false,
        "out of stock for 1-2Gi",
        cures);
    var inventory = new Inventory();
    Site site = cloud().stock("h", TYPE, 1).sites(inventory, List.of(node("h"))).getFirst();
    inventory.claim("a", "h", TYPE);
    expect(new Stock(), shape(), site, false, "out of stock for 1-2Gi", cures);
  }

  @Test
  void stock_severalTypes_oneWillDo() {
    Site site = h(cloud().stock("h", TYPE, 0).stock("h", "4-8Gi", 1));
    var both = request(shape(), TYPE, "4-8Gi");
    assertThat(new Stock().check(both, site)).isEqualTo(Verdict.PASS);
    Site none = h(cloud().stock("h", TYPE, 0).stock("h", "4-8Gi", 0));
    assertThat(new Stock().check(both, none))
        .isEqualTo(
            Verdict.reject(
                "out of stock for 1-2Gi, 4-8Gi",
                new Cure.Stock("h", TYPE),
                new Cure.Stock("h", "4-8Gi")));
  }

  @Test
  void freeAddresses() {
    Set<Cure> cures = Set.of(new Cure.Addresses("h"));
    expect(new FreeAddresses(), shape(), h(cloud().addresses("h", 1)), true, "", Set.of());
    expect(
        new FreeAddresses(),
        shape(),
        h(cloud().addresses("h", 0)),
        false,
        "without a free address",
        cures);
    expect(
        new FreeAddresses(),
        shape().vswitches(false, "vsw-h"),
        h(cloud().addresses("h", 0)),
        false,
        "without a free address",
        cures);
    expect(new FreeAddresses(), shape().vswitches(false, "vsw-none"), h(cloud()), true, "", cures);
  }

  @Test
  void daemonSets() {
    assertThat(new DaemonSets().check(shape().build(), List.of())).isEqualTo(Verdict.PASS);
    assertThat(new DaemonSets().check(shape().daemon().build(), List.of()))
        .isInstanceOf(Verdict.Reject.class);
  }

  @Test
  void flaws() {
    assertThat(new Flaws().check(shape().build(), List.of())).isEqualTo(Verdict.PASS);
    assertThat(new Flaws().check(shape().flaw("x is not y").build(), List.of()))
        .isEqualTo(Verdict.reject("x is not y"));
  }

  @Test
  void nodeAffinity_noTypeOnSaleMatches_waitsForOtherTypesToo() {
    expect(
        new NodeAffinity(),
        shape().selector("kubernetes.io/arch", "riscv64"),
        h(node("h")),
        false,
        "not matching the pod's node selector or affinity",
        Set.of(new Cure.NodeChanged("h"), new Cure.TypesChanged()));
  }

  private static void expect(
      ZoneFilter filter, Shape shape, Site site, boolean passes, String reason, Set<Cure> cures) {
    assertThat(filter.check(request(shape, TYPE), site))
        .isEqualTo(passes ? Verdict.PASS : new Verdict.Reject(reason, cures));
  }

  private static Request request(Shape shape, String... types) {
    return new Request(
        shape.build(),
        Stream.of(types).map(type -> InstanceType.newBuilder().setName(type).build()).toList());
  }

  private static Site h(Cloud cloud) {
    return cloud.sites().getFirst();
  }

  private static Site h(ZoneNode node) {
    return cloud().sites(List.of(node)).getFirst();
  }

  private static LabelRule rule(Operator operator, String... zones) {
    return new LabelRule(Shape.ZONE, operator, Set.of(zones));
  }
}
