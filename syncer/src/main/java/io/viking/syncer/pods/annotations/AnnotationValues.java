package io.viking.syncer.pods.annotations;

import io.viking.cloud.v1.InstanceSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The cloud's annotations of one pod, parsed. */
public final class AnnotationValues {
  private final Map<PodAnnotation<?>, Object> values;
  private final Map<String, String> extensions;

  AnnotationValues(Map<PodAnnotation<?>, Object> values, Map<String, String> extensions) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    this.extensions = Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
  }

  /** The value of an annotation, if the pod carries it. */
  @SuppressWarnings("unchecked") // Put in under a key of the same T, by AnnotationReader alone.
  public <T> Optional<T> get(PodAnnotation<T> annotation) {
    return Optional.ofNullable((T) values.get(annotation));
  }

  /** What the adapter gets as it is: checked here, or not known here. */
  public Map<String, String> extensions() {
    return extensions;
  }

  /**
   * Fills the fields of the spec that annotations speak of, and its extensions.
   *
   * @param currency ISO 4217, of the prices in the catalog
   */
  public void applyTo(InstanceSpec.Builder spec, String currency) {
    values.keySet().forEach(annotation -> apply(annotation, spec, currency));
    spec.putAllExtensions(extensions);
  }

  private <T> void apply(PodAnnotation<T> annotation, InstanceSpec.Builder spec, String currency) {
    if (annotation.effect() instanceof PodAnnotation.Effect.OnSpec<T> effect) {
      get(annotation).ifPresent(value -> effect.apply(value, spec, currency));
    }
  }
}
