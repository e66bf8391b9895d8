package io.viking.kube.annotations;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What can be said of an annotation's value without parsing it: for admission rules and for pages.
 *
 * <p>It is necessary and not sufficient: every well-formed value has it, and one that has it can
 * still be refused by {@link AnnotationType#parse}. White space around a value, and around the
 * items of a list, does not count.
 */
public sealed interface AnnotationSyntax {
  /** One of these words. */
  record OneOf(List<String> values) implements AnnotationSyntax {
    public OneOf {
      values = List.copyOf(values);
    }
  }

  /**
   * The whole value matches.
   *
   * @param pattern in what RE2 and Java have in common; without anchors
   */
  record Matching(String pattern) implements AnnotationSyntax {}

  /** A decimal integer, both bounds included. */
  record Whole(long min, long max) implements AnnotationSyntax {}

  /**
   * Items separated by commas.
   *
   * @param max how many at most; at least one
   */
  record ListOf(AnnotationSyntax item, int max) implements AnnotationSyntax {}

  /** Any text but an empty one. */
  record Text() implements AnnotationSyntax {}

  /** Whether a value has it. */
  default boolean admits(String value) {
    String text = value.strip();
    return switch (this) {
      case OneOf(List<String> values) -> values.contains(text);
      case Matching(String pattern) -> Pattern.matches(pattern, text);
      case Whole(long min, long max) ->
          Pattern.matches("[0-9]{1,18}", text)
              && Long.parseLong(text) >= min
              && Long.parseLong(text) <= max;
      case ListOf(AnnotationSyntax item, int max) -> {
        String[] items = text.split(",", -1);
        yield items.length <= max && Arrays.stream(items).allMatch(item::admits);
      }
      case Text() -> !text.isEmpty();
    };
  }
}
