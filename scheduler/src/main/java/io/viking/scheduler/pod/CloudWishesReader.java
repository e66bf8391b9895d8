package io.viking.scheduler.pod;

import io.viking.kube.annotations.AnnotationReader;
import io.viking.kube.annotations.AnnotationReading;
import io.viking.kube.annotations.AnnotationValues;
import io.viking.kube.annotations.Choice;
import io.viking.kube.annotations.CloudAnnotation;
import io.viking.kube.annotations.FailStrategy;
import io.viking.kube.annotations.PlacementAnnotations;
import io.viking.kube.annotations.SpotAnnotations;
import io.viking.kube.annotations.SpotStrategy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cloud's own pod annotations, as far as they choose a zone or a type. */
final class CloudWishesReader {
  /** What the annotations say, and what of them cannot be honoured. */
  record Wishes(CloudWishes wishes, List<String> flaws) {}

  private CloudWishesReader() {}

  static Wishes read(Map<String, String> annotations) {
    AnnotationReading reading = AnnotationReader.read(annotations);
    AnnotationValues values = reading.values();
    var wishes =
        new CloudWishes(
            values.get(PlacementAnnotations.USE_SPECS).orElse(List.of()),
            values.get(PlacementAnnotations.VSWITCH).orElse(List.of()),
            values.get(PlacementAnnotations.SCHEDULE_STRATEGY).orElse(false),
            bid(values),
            families(values),
            FailStrategy.of(annotations) == FailStrategy.FAIL_FAST);
    return new Wishes(
        wishes.equals(CloudWishes.NONE) ? CloudWishes.NONE : wishes,
        reading.flaws().stream().map(CloudAnnotation.Malformed::message).toList());
  }

  private static Optional<Bid> bid(AnnotationValues values) {
    boolean fallsBack = values.get(SpotAnnotations.FALLBACK).orElse(false);
    return switch (values.get(SpotAnnotations.STRATEGY).orElse(SpotStrategy.NO_SPOT)) {
      case NO_SPOT -> Optional.empty();
      case AS_PRICE_GO -> Optional.of(new Bid(Bid.ANY, fallsBack));
      case WITH_PRICE_LIMIT ->
          Optional.of(
              new Bid(
                  values
                      .get(SpotAnnotations.PRICE_LIMIT)
                      .map(SpotAnnotations::nanosPerSecond)
                      .orElse(0L),
                  fallsBack));
    };
  }

  private static FamilyWishes families(AnnotationValues values) {
    List<Choice> families = values.get(PlacementAnnotations.INSTANCE_FAMILY).orElse(List.of());
    List<Choice> generations =
        values.get(PlacementAnnotations.INSTANCE_GENERATION).orElse(List.of());
    return families.isEmpty() && generations.isEmpty()
        ? FamilyWishes.NONE
        : new FamilyWishes(
            names(families, false),
            names(families, true),
            names(generations, false).stream().map(Integer::valueOf).toList(),
            names(generations, true).stream().map(Integer::valueOf).toList());
  }

  private static List<String> names(List<Choice> choices, boolean excluded) {
    return choices.stream()
        .filter(choice -> choice.excluded() == excluded)
        .map(Choice::name)
        .toList();
  }
}
