package io.viking.cli.door;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * How checks look through a spec, as expressions. There are two: a quick one that most objects
 * pass, and a slow one that names each field.
 *
 * <p>The slow one leaves out what the object had before: {@code variables.old} is the spec that is
 * replaced, empty at a creation. What stands in a list is the same as before if its name is.
 *
 * @param lists the containers that are looked at
 */
record Search(Set<ContainerList> lists) {
  /** To name thousands of items, each with its index, would cost more than is allowed. */
  private static final String AND_MORE =
      " + (bad.size() > 1 ? ' (and ' + string(bad.size() - 1) + ' more)' : '')";

  Search {
    lists = new TreeSet<>(lists);
  }

  /**
   * True for a spec in which no check finds anything.
   *
   * @param spec the expression of the spec
   */
  String nothing(String spec, List<Check> checks) {
    List<String> conditions = new ArrayList<>(none("s", only(checks, Place.Spec.class)));
    for (ContainerList list : lists) {
      List<String> each = noneInContainer(list, checks);
      if (!each.isEmpty()) {
        conditions.add(all("s", list.field(), "c", each));
      }
    }
    List<String> volume = new ArrayList<>(none("v", only(checks, Place.EachVolume.class)));
    List<String> projection = none("p", only(checks, Place.EachProjection.class));
    if (!projection.isEmpty()) {
      volume.add("(!has(v.projected) || " + all("v.projected", "sources", "p", projection) + ")");
    }
    if (!volume.isEmpty()) {
      conditions.add(all("s", "volumes", "v", volume));
    }
    return "[dyn(%s)].all(s,\n%s)".formatted(spec, Cel.and(conditions));
  }

  private static List<String> noneInContainer(ContainerList list, List<Check> checks) {
    List<String> each =
        new ArrayList<>(
            none(
                "c",
                checks.stream()
                    .filter(
                        check ->
                            check.place() instanceof Place.EachContainer(var places)
                                && places.contains(list))
                    .toList()));
    for (Check check : only(checks, Place.EachItem.class)) {
      if (check.place() instanceof Place.EachItem(String field)) {
        each.add(all("c", field, "i", none("i", List.of(check))));
      }
    }
    return each;
  }

  /**
   * What is absent is never bad, and to ask whether a field is there is cheaper than to read a path
   * that may end early.
   */
  private static List<String> none(String variable, List<Check> checks) {
    Map<String, List<String>> byField = new LinkedHashMap<>();
    for (Check check : checks) {
      byField
          .computeIfAbsent(check.field(), field -> new ArrayList<>())
          .add("!" + check.isBad(variable));
    }
    List<String> conditions = new ArrayList<>();
    byField.forEach(
        (field, each) ->
            conditions.add(
                field.isEmpty()
                    ? Cel.and(each)
                    : "(!has(%s.%s) ||\n%s)".formatted(variable, field, Cel.and(each))));
    return conditions;
  }

  /** The paths of what a check finds, a list of strings. */
  String paths(Check check) {
    return switch (check.place()) {
      case Place.Spec() ->
          "%s && !%s ? [variables.at + 'spec' + %s] : []"
              .formatted(
                  check.isBad("variables.spec"),
                  check.isBad("variables.old"),
                  Cel.quote(check.path()));
      case Place.EachContainer(var places) -> inEach(places, list -> inContainers(list, check));
      case Place.EachItem(String field) -> inEach(lists, list -> inItems(list, field, check));
      case Place.EachVolume() ->
          newlyBad("volumes", "v", check)
              + ".map(v, "
              + at("volumes", "v")
              + " + "
              + pathOfVolume(check)
              + ")";
      case Place.EachProjection() -> inProjections(check);
    };
  }

  private String inEach(Collection<ContainerList> places, Function<ContainerList, String> paths) {
    return Cel.plus(lists.stream().filter(places::contains).map(paths).toList());
  }

  private static String inContainers(ContainerList list, Check check) {
    return newlyBad(list.field(), "c", check)
        + ".map(c, "
        + at(list.field(), "c")
        + " + "
        + Cel.quote(check.path())
        + ")";
  }

  private static String inItems(ContainerList list, String field, Check check) {
    String old = "o.name == c.name && " + Cel.items("o", field) + ".exists(was, was == i)";
    return Cel.items("variables.spec", list.field())
        + ".map(c, "
        + firstOf(Cel.items("c", field), "i", check, Cel.items("variables.old", list.field()), old)
        + ".map(bad, "
        + at(list.field(), "c")
        + " + '."
        + field
        + "[' + string(c."
        + field
        + ".indexOf(bad[0])) + ']"
        + check.path()
        + "'"
        + AND_MORE
        + ")).filter(found, found.size() > 0).map(found, found[0])";
  }

  private static String inProjections(Check check) {
    String old =
        "o.name == v.name && has(o.projected) && "
            + Cel.items("o.projected", "sources")
            + ".exists(was, was == p)";
    return Cel.items("variables.spec", "volumes")
        + ".filter(v, has(v.projected)).map(v, "
        + firstOf(
            Cel.items("v.projected", "sources"),
            "p",
            check,
            Cel.items("variables.old", "volumes"),
            old)
        + ".map(bad, "
        + at("volumes", "v")
        + " + '.projected.sources[' + string(v.projected.sources.indexOf(bad[0])) + ']"
        + check.path()
        + "'"
        + AND_MORE
        + ")).filter(found, found.size() > 0).map(found, found[0])";
  }

  /**
   * A list with the list of what is newly bad, or an empty one. Items have no names: what they say
   * is compared.
   */
  private static String firstOf(
      String items, String variable, Check check, String oldItems, String wasThere) {
    return "[%s.filter(%s, %s && !%s.exists(o, %s))].filter(bad, bad.size() > 0)"
        .formatted(items, variable, check.isBad(variable), oldItems, wasThere);
  }

  /** A volume's own field names its kind: the key that stands beside its name. */
  private static String pathOfVolume(Check check) {
    return check.path().isEmpty()
        ? "'.' + dyn(v).filter(k, k != 'name').join(', .')"
        : Cel.quote(check.path());
  }

  private static String newlyBad(String field, String variable, Check check) {
    return "%s.filter(%s, %s && !%s.exists(o, o.name == %s.name && %s))"
        .formatted(
            Cel.items("variables.spec", field),
            variable,
            check.isBad(variable),
            Cel.items("variables.old", field),
            variable,
            check.isBad("o"));
  }

  private static String at(String field, String variable) {
    return "variables.at + 'spec.%1$s[' + string(variables.spec.%1$s.map(x, x.name).indexOf(%2$s.name)) + ']'"
        .formatted(field, variable);
  }

  private static String all(String object, String field, String variable, List<String> each) {
    return "(!has(%1$s.%2$s) || %1$s.%2$s.all(%3$s,\n%4$s))"
        .formatted(object, field, variable, Cel.and(each));
  }

  private static List<Check> only(List<Check> checks, Class<? extends Place> place) {
    return checks.stream().filter(check -> place.isInstance(check.place())).toList();
  }
}
