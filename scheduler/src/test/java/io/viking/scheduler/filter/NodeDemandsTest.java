package io.viking.scheduler.filter;

import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Cloud.node;
import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.selector.LabelRule;
import io.viking.scheduler.selector.LabelRule.Operator;
import io.viking.scheduler.testing.Shape;
import io.viking.scheduler.zone.Cure;
import io.viking.scheduler.zone.Site;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Demands on nodes over zones h, i and j, and what is said of those that none can fulfil. */
class NodeDemandsTest {
  private static final LabelRule IN_H = LabelRule.is(Shape.ZONE, "h");
  private static final LabelRule NOT_IN_H = new LabelRule(Shape.ZONE, Operator.NOT_IN, Set.of("h"));

  static Stream<Arguments> demands() {
    return Stream.of(
        Arguments.of(shape(), ""),
        Arguments.of(shape().selector(Shape.ZONE, "j"), ""),
        Arguments.of(
            shape().selector(Shape.ZONE, "h9"),
            "no zone matches spec.nodeSelector topology.kubernetes.io/zone=h9; there are h, i, j"),
        Arguments.of(shape().selector("kubernetes.io/arch", "none"), ""),
        Arguments.of(
            shape().selector(Map.of(Shape.ZONE, "h9", "kubernetes.io/arch", "none")),
            "no zone matches spec.nodeSelector topology.kubernetes.io/zone=h9; there are h, i, j"),
        Arguments.of(
            shape().selector("disk", "ssd"),
            "no zone matches spec.nodeSelector disk=ssd; no zone has that label"),
        Arguments.of(
            shape().selector(Map.of(Shape.ZONE, "h", "kubernetes.io/hostname", "i")),
            "no zone matches all labels of spec.nodeSelector {kubernetes.io/hostname=i,"
                + " topology.kubernetes.io/zone=h}"),
        Arguments.of(
            shape().required(new LabelRule(Shape.ZONE, Operator.IN, Set.of("x", "y"))),
            "no zone matches a required term of spec.affinity.nodeAffinity:"
                + " topology.kubernetes.io/zone In [x, y], but there are h, i, j"),
        Arguments.of(
            shape().required(IN_H, NOT_IN_H),
            "no zone matches a required term of spec.affinity.nodeAffinity:"
                + " topology.kubernetes.io/zone In [h] and topology.kubernetes.io/zone NotIn [h],"
                + " which exclude each other"),
        Arguments.of(
            shape().required(),
            "no zone matches a required term of spec.affinity.nodeAffinity: a term without rules"
                + " matches nothing"),
        Arguments.of(
            shape().onNode("x"),
            "no zone matches a required term of spec.affinity.nodeAffinity: metadata.name In [x],"
                + " but the zones are h, i, j"),
        Arguments.of(
            shape().selector(Shape.ZONE, "i").required(IN_H),
            "spec.nodeSelector and spec.affinity.nodeAffinity contradict each other, no zone"
                + " matches both"));
  }

  @ParameterizedTest
  @MethodSource
  void demands(Shape shape, String flaw) {
    Verdict verdict = new NodeDemands().check(shape.build(), cloud().sites());
    Set<Cure> cures =
        Set.of(new Cure.NodeChanged("h"), new Cure.NodeChanged("i"), new Cure.NodeChanged("j"));
    assertThat(verdict).isEqualTo(flaw.isEmpty() ? Verdict.PASS : new Verdict.Reject(flaw, cures));
  }

  @Test
  void demands_aZoneHasNoNodeYet_nothingIsSaid() {
    List<Site> sites = cloud().sites(List.of(node("h"), node("i")));
    assertThat(new NodeDemands().check(shape().selector(Shape.ZONE, "x").build(), sites))
        .isEqualTo(Verdict.PASS);
  }
}
