package io.viking.kube.annotations;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How the value of an annotation is written.
 *
 * @param form the allowed form, for people, in words that follow "must be": "true or false"
 * @param syntax what of it can be checked without parsing
 * @param parser of a value without white space around it; empty for one that is not of the form;
 *     never throws
 */
public record AnnotationType<T>(
    String form, AnnotationSyntax syntax, Function<String, Optional<T>> parser) {
  /** Empty for a value that is not of the form. */
  public Optional<T> parse(String value) {
    return parser.apply(value.strip());
  }

  /** The same, where a value means something else. */
  <R> AnnotationType<R> as(Function<T, R> meaning) {
    return new AnnotationType<>(form, syntax, value -> parser.apply(value).map(meaning));
  }

  /** The same, for fewer values. */
  AnnotationType<T> onlyIf(Predicate<T> allowed) {
    return new AnnotationType<>(form, syntax, value -> parser.apply(value).filter(allowed));
  }
}
