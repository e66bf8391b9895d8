package io.viking.scheduler.decision;

import static io.viking.scheduler.testing.Cloud.cloud;
import static io.viking.scheduler.testing.Cloud.cordoned;
import static io.viking.scheduler.testing.Cloud.node;
import static io.viking.scheduler.testing.Shape.shape;
import static org.assertj.core.api.Assertions.assertThat;

import io.viking.scheduler.score.ZoneScore;
import io.viking.scheduler.testing.Cloud;
import io.viking.scheduler.testing.Shape;
import io.viking.scheduler.volume.ClaimVerdict;
import io.viking.scheduler.zone.Inventory;
import io.viking.scheduler.zone.Population;
import io.viking.scheduler.zone.ZoneNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a review writes down is what a decision goes by. */
class ReviewTest {
  private static final String TYPE = "1-2Gi";

  private final Population population = new Population();

  @Test
  void review_everyZone_isAskedByAllFiltersAndRulesInOrder() {
    GroupDecider decider = GroupDecider.standard();
    List<String> asked =
        Stream.of(
                decider.constraints().stream().map(filter -> filter.name()),
                decider.supplies().stream().map(filter -> filter.name()),
                decider.rules().stream().map(rule -> rule.name()),
                Stream.of("Quota"))
            .flatMap(names -> names)
            .toList();

    assertThat(review(shape(), cloud()).zones())
        .hasSize(3)
        .allSatisfy(
            zone -> assertThat(zone.checks()).extracting(Review.Check::name).isEqualTo(asked))
        .allSatisfy(
            zone ->
                assertThat(zone.marks())
                    .extracting(Review.Mark::name)
                    .isEqualTo(decider.scores().stream().map(score -> score.name()).toList()));
  }

  @Test
  void review_rejects_areTheReasonsOfTheDecision() {
    population.put("uid", "h", shape().crowd());
    Review review =
        review(
            shape().awayFrom("web"),
            cloud().stock("h", TYPE, 0).stock("i", TYPE, 0),
            node("h"),
            node("i"),
            cordoned("j"));

    assertThat(review.zones().get(0).checks())
        .contains(new Review.Check("Stock", "out of stock for 1-2Gi"))
        .contains(
            new Review.Check(
                "PodAntiAffinity",
                "not meeting the pod anti-affinity on topology.kubernetes.io/zone"));
    assertThat(review.zones().get(2).checks()).contains(new Review.Check("Taints", "cordoned"));
    assertThat(review.zones())
        .extracting(Review.ZoneReview::rank)
        .containsOnly(OptionalInt.empty());
    assertThat(review.zones()).extracting(Review.ZoneReview::marks).containsOnly(List.of());
    assertThat(review.decision().rest().orElseThrow().message())
        .isEqualTo("0/3 zones are available: 2 out of stock for 1-2Gi, 1 cordoned.");
  }

  @Test
  void review_ranks_followTheScores_andTheFirstIsTheDecision() {
    population.put("uid", "h", shape().crowd());
    Review review =
        review(shape(), cloud().price("i", TYPE, 200).price("j", TYPE, 100_000), nodes());

    assertThat(review.zones())
        .extracting(Review.ZoneReview::rank)
        .containsExactly(OptionalInt.of(3), OptionalInt.of(1), OptionalInt.of(2));
    assertThat(review.decision().placements().getFirst().zones()).containsExactly("i", "j", "h");
    assertThat(review.zones().get(0).marks())
        .contains(new Review.Mark("Spread", 1, "1 of its workload"));
    assertThat(review.zones().get(2).marks())
        .contains(new Review.Mark("Cheapest", 100_000, "0.3600 per hour"));
  }

  @Test
  void review_ruleBetweenPods_rejectsAZoneThatKeepsItsScores() {
    population.put("uid", "h", shape().crowd());
    Review review = review(shape().awayFrom("web"), cloud());

    assertThat(review.zones().get(0).rank()).isEmpty();
    assertThat(review.zones().get(0).marks()).isNotEmpty();
    assertThat(review.zones().get(1).rank()).hasValue(1);
  }

  @Test
  void review_quotaUsedUp_isSaidOfEveryZone() {
    String reason = "the account's quota of instances (100) is used up";

    assertThat(review(shape(), cloud().quota("instances", 100, 100)).zones())
        .allSatisfy(
            zone -> {
              assertThat(zone.checks()).endsWith(new Review.Check("Quota", reason));
              assertThat(zone.rank()).isEmpty();
            });
  }

  @Test
  void review_typeThatIsNotSold_isSaidBeforeAnyZone() {
    Review review = review(shape().needs(200_000, 2048, 0), cloud());

    assertThat(review.zones()).isEmpty();
    assertThat(review.whole().getLast())
        .isEqualTo(
            new Review.Check(
                "Types", "the pod asks for 200 vCPU, 2 GiB, more than any instance type has"));
  }

  @Test
  void review_marketPrice_isSaidOfTheZoneThoughNotToThePod() {
    Review review = review(shape().bid(1, false), cloud());
    String reason =
        "with a market price above the 0 per hour of the annotation"
            + " k8s.aliyun.com/eci-spot-price-limit";

    assertThat(review.zones().getFirst().checks())
        .contains(new Review.Check("SpotPrice", reason + ": it is 0.045"));
    assertThat(review.decision().rest().orElseThrow().message())
        .isEqualTo("0/3 zones are available: 3 " + reason + ".");
  }

  @Test
  void review_daemon_isRejectedAsAWholeAndTheZonesAreStillShown() {
    Review review = review(shape().daemon(), cloud());

    assertThat(review.whole().getFirst().reject()).startsWith("DaemonSets do not run here");
    assertThat(review.zones())
        .hasSize(3)
        .allSatisfy(zone -> assertThat(zone.rank()).as("it goes nowhere").isEmpty());
  }

  /** In the order of their questions; the scores of both policies. */
  @Test
  void guide_explainsEveryFilterAndScore_andNoOther() throws IOException {
    List<String> explained =
        Files.readAllLines(Path.of("../docs/scheduling.md")).stream()
            .map(line -> line.replaceFirst("^\\| `([A-Z]\\w+)` \\|.*$", "$1"))
            .filter(name -> name.matches("[A-Z]\\w+"))
            .toList();
    Review review = review(shape(), cloud());
    Stream<Review.Check> checks =
        Stream.concat(review.whole().stream(), review.zones().getFirst().checks().stream());
    Stream<String> scores =
        Stream.of(PlacementPolicy.values())
            .flatMap(policy -> GroupDecider.standard(policy).scores().stream())
            .map(ZoneScore::name)
            .distinct();

    assertThat(explained)
        .startsWith(checks.map(Review.Check::name).toArray(String[]::new))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(
                    review.whole().stream().map(Review.Check::name),
                    review.zones().getFirst().checks().stream().map(Review.Check::name),
                    scores)
                .flatMap(names -> names)
                .toList());
  }

  private Review review(Shape shape, Cloud cloud) {
    return review(shape, cloud, nodes());
  }

  private Review review(Shape shape, Cloud cloud, ZoneNode... nodes) {
    var inventory = new Inventory();
    return GroupDecider.standard()
        .review(
            shape.build(),
            new World(
                cloud.sites(inventory, List.of(nodes)),
                inventory.assortment(),
                inventory.quotas(),
                population,
                _ -> false,
                _ -> ClaimVerdict.NO_CLAIMS));
  }

  private static ZoneNode[] nodes() {
    return new ZoneNode[] {node("h"), node("i"), node("j")};
  }
}
