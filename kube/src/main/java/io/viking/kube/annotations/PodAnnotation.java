package io.viking.kube.annotations;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One annotation of the cloud that a pod may carry. Read when the instance is made; a later change
 * has no effect on it.
 *
 * @param key in full: "k8s.aliyun.com/eci-use-specs"
 * @param oldKeys names that it had; read when {@code key} is absent
 * @param example a well-formed value
 * @param defaultValue what holds without it, for people; {@code ""} = nothing
 * @param meaning one clause, for people
 */
public record PodAnnotation<T>(
    String key,
    List<String> oldKeys,
    AnnotationType<T> type,
    AnnotationUse use,
    String example,
    String defaultValue,
    String meaning) {

  public PodAnnotation {
    oldKeys = List.copyOf(oldKeys);
  }

  /** What a pod says by it. */
  public sealed interface Reading<T> {
    record Absent<T>() implements Reading<T> {}

    record Given<T>(T value) implements Reading<T> {}

    record Refused<T>(Malformed flaw) implements Reading<T> {}
  }

  /** A value that cannot be honoured as it is. */
  public record Malformed(String key, String value, String form) {
    /** A sentence that names the annotation, its value and the way out. */
    public String message() {
      return "annotation " + key + " is \"" + value + "\", but must be " + form;
    }
  }

  static <T> PodAnnotation<T> of(
      String key,
      AnnotationType<T> type,
      AnnotationUse use,
      String example,
      String defaultValue,
      String meaning) {
    return new PodAnnotation<>(key, List.of(), type, use, example, defaultValue, meaning);
  }

  PodAnnotation<T> formerly(String... names) {
    return new PodAnnotation<>(key, List.of(names), type, use, example, defaultValue, meaning);
  }

  /**
   * @param annotations all of the pod's
   */
  public Reading<T> read(Map<String, String> annotations) {
    Optional<String> written = writtenAs(annotations);
    if (written.isEmpty()) {
      return new Reading.Absent<>();
    }
    String text = annotations.getOrDefault(written.get(), "");
    return type.parse(text)
        .<Reading<T>>map(Reading.Given::new)
        .orElseGet(() -> new Reading.Refused<>(new Malformed(written.get(), text, type.form())));
  }

  /** Its value; empty also for a malformed one, of which somebody else tells. */
  public Optional<T> valueIn(Map<String, String> annotations) {
    return switch (read(annotations)) {
      case Reading.Given<T>(T value) -> Optional.of(value);
      case Reading.Absent<T>() -> Optional.empty();
      case Reading.Refused<T>(Malformed _) -> Optional.empty();
    };
  }

  /** The key under which a pod carries it. */
  Optional<String> writtenAs(Map<String, String> annotations) {
    if (annotations.containsKey(key)) {
      return Optional.of(key);
    }
    for (String oldKey : oldKeys) {
      if (annotations.containsKey(oldKey)) {
        return Optional.of(oldKey);
      }
    }
    return Optional.empty();
  }

  /** That it is missing, or must be, since another one says something. */
  Malformed malformed(Map<String, String> annotations, String form) {
    String name = writtenAs(annotations).orElse(key);
    return new Malformed(name, annotations.getOrDefault(name, ""), form);
  }
}
