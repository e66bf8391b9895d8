package io.viking.cli.door;

import com.google.common.collect.Lists;
import io.kubernetes.client.openapi.models.V1Variable;
import io.viking.kube.annotations.AnnotationSyntax;
import io.viking.kube.annotations.CloudAnnotation;
import io.viking.kube.annotations.CloudAnnotations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Malformed annotations of the cloud, from the registry of them: what of a value can be checked
 * without parsing it. The rest is for the loops, which say it in the same words. Pure.
 */
final class AnnotationFinding {
  /** Of Kubernetes' own keys the registry has a few, so these are named one by one. */
  private static final List<String> OTHER_KEYS =
      CloudAnnotations.ALL.stream()
          .flatMap(annotation -> CloudAnnotations.keys(annotation).stream())
          .filter(key -> !key.startsWith(CloudAnnotations.PREFIX))
          .toList();

  private static final String NAME = "malformed";

  /** How many forms of values one expression has. */
  private static final int AT_ONCE = 4;

  /** Of a value, what is shown of it. */
  private static final int SHOWN = 60;

  /**
   * How values are written, and what is said of others.
   *
   * @param newerKeys with one of these the key is not read at all
   */
  private record Form(AnnotationSyntax syntax, String form, List<String> newerKeys) {}

  private AnnotationFinding() {}

  /**
   * True for an object without such annotations, which most are.
   *
   * @param owner the expression of what has the metadata
   */
  static String none(String owner) {
    return ("[%1$s].all(o, !has(o.metadata) || !has(o.metadata.annotations) ||\n"
            + "o.metadata.annotations.all(k, !k.startsWith(%2$s) && !(k in %3$s)))")
        .formatted(owner, Cel.quote(CloudAnnotations.PREFIX), Cel.list(OTHER_KEYS));
  }

  /**
   * What {@link #finding} is put together from; uses {@code variables.annotations}, {@code
   * variables.oldAnnotations}, {@code variables.at}.
   *
   * <p>Some annotations each: to check an expression costs the API server the square of its length,
   * which for all of them in one was more than half of the door's share in a start.
   */
  static List<V1Variable> variables() {
    List<V1Variable> variables = new ArrayList<>();
    for (List<String> some : Lists.partition(lines(), AT_ONCE)) {
      variables.add(Gate.variable(NAME + variables.size(), Cel.plus(some)));
    }
    return variables;
  }

  /** Uses {@link #variables}. */
  static Finding finding() {
    return new Finding(
        DoorRule.ANNOTATIONS,
        NAME,
        Cel.plus(variables().stream().map(some -> "variables." + some.getName()).toList()));
  }

  private static List<String> lines() {
    Map<Form, List<String>> keys = new LinkedHashMap<>();
    for (CloudAnnotation<?> annotation : CloudAnnotations.ALL) {
      List<String> names = CloudAnnotations.keys(annotation);
      for (String name : names) {
        keys.computeIfAbsent(
                new Form(
                    annotation.type().syntax(),
                    annotation.type().form(),
                    names.subList(0, names.indexOf(name))),
                form -> new ArrayList<>())
            .add(name);
      }
    }
    List<String> lines = new ArrayList<>();
    keys.forEach((form, names) -> lines.add(lines(form, names)));
    return lines;
  }

  private static String lines(Form form, List<String> names) {
    return """
        %1$s.filter(k, k in variables.annotations%2$s &&
          !(k in variables.oldAnnotations && variables.oldAnnotations[k] == variables.annotations[k]) &&
          !(%3$s))
        .map(k, variables.at + 'metadata.annotations[' + k + '] is ' + %4$s + %5$s)"""
        .formatted(
            Cel.list(names),
            form.newerKeys().isEmpty()
                ? ""
                : " && !"
                    + Cel.list(form.newerKeys())
                    + ".exists(newer, newer in variables.annotations)",
            wellFormed("variables.annotations[k].trim()", form.syntax()),
            shown("variables.annotations[k]"),
            Cel.quote(", but must be " + form.form()));
  }

  private static String shown(String value) {
    return "strings.quote(%1$s.size() > %2$d ? %1$s.substring(0, %2$d) + '…' : %1$s)"
        .formatted(value, SHOWN);
  }

  /** As {@link AnnotationSyntax#admits}, for a text without white space around it. */
  private static String wellFormed(String text, AnnotationSyntax syntax) {
    return switch (syntax) {
      case AnnotationSyntax.OneOf(List<String> values) -> text + " in " + Cel.list(values);
      case AnnotationSyntax.Matching(String pattern) ->
          text + ".matches(" + Cel.quote("^(?:" + pattern + ")$") + ")";
      case AnnotationSyntax.Whole(long min, long max) ->
          "%1$s.matches('^[0-9]{1,18}$') && int(%1$s) >= %2$d && int(%1$s) <= %3$d"
              .formatted(text, min, max);
      case AnnotationSyntax.ListOf(AnnotationSyntax item, int max) ->
          "%1$s.split(',').size() <= %2$d && %1$s.split(',').all(item, %3$s)"
              .formatted(text, max, wellFormed("item.trim()", item));
      case AnnotationSyntax.Text() -> text + " != ''";
    };
  }
}
