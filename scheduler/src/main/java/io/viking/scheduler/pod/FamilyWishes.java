package io.viking.scheduler.pod;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Families ("ecs.c6" of "ecs.c6.large", "ecs.gn6v" of "ecs.gn6v-c8g1.2xlarge") and generations (6
 * of both) of instance types that a pod asks for or refuses. Shapes ("2-4Gi") have neither and are
 * never refused.
 *
 * @param only families to take; empty: any
 * @param never families to leave alone
 * @param generations to take, the preferred first; empty: any
 * @param neverGenerations to leave alone
 */
public record FamilyWishes(
    List<String> only,
    List<String> never,
    List<Integer> generations,
    List<Integer> neverGenerations) {
  public static final FamilyWishes NONE =
      new FamilyWishes(List.of(), List.of(), List.of(), List.of());

  private static final Pattern NAMED = Pattern.compile("([a-z]+\\.[a-z]+([0-9]+)[a-z0-9]*)[.-].*");

  public FamilyWishes {
    only = List.copyOf(only);
    never = List.copyOf(never);
    generations = List.copyOf(generations);
    neverGenerations = List.copyOf(neverGenerations);
  }

  /** Whether they name types to take, and not only such to leave alone. */
  public boolean choose() {
    return !only.isEmpty() || !generations.isEmpty();
  }

  /** Whether the type is one of those to take; shapes never are. */
  public boolean take(String type) {
    return !familyOf(type).isEmpty()
        && !refuse(type)
        && (only.isEmpty() || only.stream().anyMatch(family -> belongs(type, family)))
        && (generations.isEmpty() || rank(type) < generations.size());
  }

  /** Whether the type is one of those to leave alone. */
  public boolean refuse(String type) {
    return never.stream().anyMatch(family -> belongs(type, family))
        || generationOf(type).stream().anyMatch(neverGenerations::contains);
  }

  /** By preference, the lowest first: the place of the type's generation. */
  public int rank(String type) {
    OptionalInt generation = generationOf(type);
    int place = generation.isPresent() ? generations.indexOf(generation.getAsInt()) : -1;
    return place < 0 ? generations.size() : place;
  }

  /** The annotations that say it, with their values. */
  @Override
  public String toString() {
    var said = new ArrayList<String>();
    add(said, "k8s.aliyun.com/eci-instance-family", only, never);
    add(said, "k8s.aliyun.com/eci-instance-generation", generations, neverGenerations);
    return (said.size() == 1 ? "the annotation " : "the annotations ") + String.join(" and ", said);
  }

  private static void add(List<String> said, String annotation, List<?> taken, List<?> refused) {
    String values =
        Stream.concat(
                taken.stream().map(Object::toString), refused.stream().map(each -> "-" + each))
            .collect(Collectors.joining(","));
    if (!values.isEmpty()) {
      said.add("%s (%s)".formatted(annotation, values));
    }
  }

  public static boolean belongs(String type, String family) {
    return type.startsWith(family + ".") || type.startsWith(family + "-");
  }

  /** Empty for a shape. */
  public static String familyOf(String type) {
    Matcher named = NAMED.matcher(type);
    return named.matches() ? named.group(1) : "";
  }

  private static OptionalInt generationOf(String type) {
    Matcher named = NAMED.matcher(type);
    return named.matches() && named.group(2).length() < 6
        ? OptionalInt.of(Integer.parseInt(named.group(2)))
        : OptionalInt.empty();
  }
}
