package io.viking.kube.annotations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the cloud's annotations off a pod. Pure. */
public final class AnnotationReader {
  private static final AnnotationReading NOTHING =
      new AnnotationReading(new AnnotationValues(Map.of()), List.of());

  private AnnotationReader() {}

  /**
   * @param annotations all of the pod's
   */
  public static AnnotationReading read(Map<String, String> annotations) {
    if (!mayHaveAny(annotations.keySet())) {
      return NOTHING;
    }
    Map<PodAnnotation<?>, Object> values = new LinkedHashMap<>();
    List<PodAnnotation.Malformed> flaws = new ArrayList<>();
    for (PodAnnotation<?> annotation : CloudAnnotations.ALL) {
      switch (annotation.read(annotations)) {
        case PodAnnotation.Reading.Absent<?>() -> {}
        case PodAnnotation.Reading.Given<?>(Object value) -> values.put(annotation, value);
        case PodAnnotation.Reading.Refused<?>(var flaw) -> flaws.add(flaw);
      }
    }
    AnnotationValues read = new AnnotationValues(values);
    if (flaws.isEmpty()) {
      AnnotationRule.ALL.forEach(
          rule -> rule.check().apply(read, annotations).ifPresent(flaws::add));
    }
    return new AnnotationReading(read, flaws);
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
