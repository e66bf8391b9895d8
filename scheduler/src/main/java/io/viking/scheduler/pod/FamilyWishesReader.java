package io.viking.scheduler.pod;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The annotations that choose among families and generations; {@code -} before one excludes it. */
final class FamilyWishesReader {
  static final String FAMILY = "k8s.aliyun.com/eci-instance-family";
  static final String GENERATION = "k8s.aliyun.com/eci-instance-generation";

  private static final Pattern FAMILY_NAME = Pattern.compile("[a-z]+\\.[a-z]+[0-9]+[a-z0-9-]*");
  private static final Pattern GENERATION_NUMBER = Pattern.compile("[0-9]{1,5}");

  private FamilyWishesReader() {}

  static FamilyWishes read(Map<String, String> annotations, List<String> flaws) {
    if (!annotations.containsKey(FAMILY) && !annotations.containsKey(GENERATION)) {
      return FamilyWishes.NONE;
    }
    var families =
        Sides.of(annotations, FAMILY, FAMILY_NAME, "a list of families, as ecs.c6,-ecs.g5", flaws);
    var generations =
        Sides.of(annotations, GENERATION, GENERATION_NUMBER, "a list of numbers, as 6,-5", flaws);
    return new FamilyWishes(
        families.with,
        families.without,
        generations.with.stream().map(Integer::valueOf).toList(),
        generations.without.stream().map(Integer::valueOf).toList());
  }

  /** The entries of a list that are to be taken, and those that are not. */
  private record Sides(List<String> with, List<String> without) {
    static Sides of(
        Map<String, String> annotations,
        String annotation,
        Pattern form,
        String wanted,
        List<String> flaws) {
      var with = new ArrayList<String>();
      var without = new ArrayList<String>();
      for (String entry : CloudWishesReader.list(annotations, annotation)) {
        boolean excluded = entry.startsWith("-");
        String name = excluded ? entry.substring(1) : entry;
        if (!form.matcher(name).matches()) {
          flaws.add(CloudWishesReader.flaw(annotation, entry, wanted));
        } else {
          (excluded ? without : with).add(name);
        }
      }
      with.stream()
          .filter(without::contains)
          .distinct()
          .map(
              name ->
                  "annotation %s: takes %s and excludes it; leave out one of the two"
                      .formatted(annotation, name))
          .forEachOrdered(flaws::add);
      return new Sides(with, without);
    }
  }
}
