package io.viking.kube.annotations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the cloud's annotations off an object. Pure. */
public final class AnnotationReader {
  private static final AnnotationReading NOTHING =
      new AnnotationReading(new AnnotationValues(Map.of()), List.of());

  private AnnotationReader() {}

  /**
   * Reads a pod's.
   *
   * @param annotations all of them
   */
  public static AnnotationReading read(Map<String, String> annotations) {
    if (!mayHaveAny(annotations.keySet())) {
      return NOTHING;
    }
    AnnotationReading reading = read(CloudAnnotations.ALL, annotations);
    if (!reading.flaws().isEmpty()) {
      return reading;
    }
    List<CloudAnnotation.Malformed> flaws = new ArrayList<>();
    AnnotationRule.ALL.forEach(
        rule -> rule.check().apply(reading.values(), annotations).ifPresent(flaws::add));
    return new AnnotationReading(reading.values(), flaws);
  }

  /**
   * Reads those that are known for an object of another kind.
   *
   * @param annotations all of the object's
   */
  public static AnnotationReading read(
      List<CloudAnnotation<?>> known, Map<String, String> annotations) {
    Map<CloudAnnotation<?>, Object> values = new LinkedHashMap<>();
    List<CloudAnnotation.Malformed> flaws = new ArrayList<>();
    for (CloudAnnotation<?> annotation : known) {
      switch (annotation.read(annotations)) {
        case CloudAnnotation.Reading.Absent<?>() -> {}
        case CloudAnnotation.Reading.Given<?>(Object value) -> values.put(annotation, value);
        case CloudAnnotation.Reading.Refused<?>(var flaw) -> flaws.add(flaw);
      }
    }
    return new AnnotationReading(new AnnotationValues(values), flaws);
  }

  /** Most pods carry none, and are many. */
  private static boolean mayHaveAny(Set<String> keys) {
    for (String key : keys) {
      if (key.startsWith(CloudAnnotations.PREFIX)
          || key.startsWith(CloudAnnotations.KUBERNETES_PREFIX)) {
        return true;
      }
    }
    return false;
  }
}
