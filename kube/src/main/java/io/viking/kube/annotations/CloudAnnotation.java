package io.viking.kube.annotations;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One annotation of the cloud. A pod's is read when the instance is made, and a later change has no
 * effect; those of Services and Ingresses are followed.
 *
 * @param key in full: "k8s.aliyun.com/eci-use-specs"
 * @param oldKeys names that it had; read when {@code key} is absent
 * @param example a well-formed value
 * @param defaultValue what holds without it, for people; {@code ""} = nothing
 * @param meaning one clause, for people
 */
public record CloudAnnotation<T>(
    String key,
    List<String> oldKeys,
    AnnotationType<T> type,
    AnnotationUse use,
    String example,
    String defaultValue,
    String meaning) {

  public CloudAnnotation {
    oldKeys = List.copyOf(oldKeys);
  }

  /** What an object says by it. */
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

  static <T> CloudAnnotation<T> of(
      String key,
      AnnotationType<T> type,
      AnnotationUse use,
      String example,
      String defaultValue,
      String meaning) {
    return new CloudAnnotation<>(key, List.of(), type, use, example, defaultValue, meaning);
  }

  CloudAnnotation<T> formerly(String... names) {
    return new CloudAnnotation<>(key, List.of(names), type, use, example, defaultValue, meaning);
  }

  /**
   * @param annotations all of the object's
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

  /** As the object has it, well formed or not. */
  public Optional<String> textIn(Map<String, String> annotations) {
    return writtenAs(annotations).map(name -> annotations.getOrDefault(name, "").strip());
  }

  /** The key under which an object carries it. */
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
