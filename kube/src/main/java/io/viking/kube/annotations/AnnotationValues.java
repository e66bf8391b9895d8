package io.viking.kube.annotations;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The cloud's annotations of one object, parsed. */
public final class AnnotationValues {
  private final Map<CloudAnnotation<?>, Object> values;

  AnnotationValues(Map<CloudAnnotation<?>, Object> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The value of an annotation, if the object carries it. */
  @SuppressWarnings("unchecked") // Put in under a key of the same T, by AnnotationReader alone.
  public <T> Optional<T> get(CloudAnnotation<T> annotation) {
    return Optional.ofNullable((T) values.get(annotation));
  }

  /** Those that the object carries, in the order of the registry. */
  public Set<CloudAnnotation<?>> given() {
    return values.keySet();
  }
}
