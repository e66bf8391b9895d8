package io.viking.syncer.pods.annotations;

import java.util.Optional;
import java.util.function.Function;

/**
 * How the value of an annotation is written.
 *
 * @param form the allowed form, for people: "true or false"
 * @param parser empty for a value that is not of the form; never throws
 */
public record AnnotationType<T>(String form, Function<String, Optional<T>> parser) {
  Optional<T> parse(String value) {
    return parser.apply(value.strip());
  }
}
