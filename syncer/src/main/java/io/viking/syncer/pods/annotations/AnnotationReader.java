package io.viking.syncer.pods.annotations;

import io.viking.cloud.v1.Purchase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the cloud's annotations off a pod. Pure. */
public final class AnnotationReader {
  private AnnotationReader() {}

  /** What became of reading. */
  public sealed interface Outcome {
    record Read(AnnotationValues values) implements Outcome {}

    /** One of them cannot be honoured as it is. */
    record Malformed(String key, String value, String form) implements Outcome {
      /** A sentence that names the annotation, its value and the way out. */
      public String message() {
        return "annotation " + key + " is \"" + value + "\", but must be " + form;
      }
    }
  }

  /**
   * @param annotations all of the pod's
   */
  public static Outcome read(Map<String, String> annotations) {
    Map<PodAnnotation<?>, Object> values = new LinkedHashMap<>();
    Map<String, String> extensions = new LinkedHashMap<>();
    annotations.forEach(
        (key, value) -> {
          if (key.startsWith(CloudAnnotations.PREFIX)
              && !CloudAnnotations.WRITTEN_BACK.contains(key)) {
            extensions.put(key, value);
          }
        });
    for (PodAnnotation<?> annotation : CloudAnnotations.ALL) {
      Optional<String> key = keyOf(annotation, annotations);
      if (key.isEmpty()) {
        continue;
      }
      String text = annotations.getOrDefault(key.get(), "");
      Optional<?> value = annotation.type().parse(text);
      if (value.isEmpty()) {
        return new Outcome.Malformed(key.get(), text, annotation.type().form());
      }
      values.put(annotation, value.get());
      if (!(annotation.effect() instanceof PodAnnotation.Effect.PassedOn<?>)) {
        extensions.remove(annotation.key());
        annotation.oldKeys().forEach(extensions::remove);
      }
    }
    AnnotationValues read = new AnnotationValues(values, extensions);
    return contradiction(read, annotations).orElse(new Outcome.Read(read));
  }

  private static Optional<String> keyOf(
      PodAnnotation<?> annotation, Map<String, String> annotations) {
    if (annotations.containsKey(annotation.key())) {
      return Optional.of(annotation.key());
    }
    for (String oldKey : annotation.oldKeys()) {
      if (annotations.containsKey(oldKey)) {
        return Optional.of(oldKey);
      }
    }
    return Optional.empty();
  }

  /** What is well formed by itself and makes no sense together. */
  private static Optional<Outcome> contradiction(
      AnnotationValues values, Map<String, String> annotations) {
    boolean limited =
        values.get(CloudAnnotations.SPOT_STRATEGY).orElse(Purchase.Kind.ON_DEMAND)
            == Purchase.Kind.SPOT_WITH_PRICE_LIMIT;
    if (limited && values.get(CloudAnnotations.SPOT_PRICE_LIMIT).isEmpty()) {
      return Optional.of(
          new Outcome.Malformed(
              CloudAnnotations.SPOT_PRICE_LIMIT.key(),
              "",
              CloudAnnotations.SPOT_PRICE_LIMIT.type().form()
                  + ", since eci-spot-strategy is SpotWithPriceLimit"));
    }
    if (values.get(CloudAnnotations.WITH_EIP).orElse(false)
        && values.get(CloudAnnotations.EIP_INSTANCE_ID).isPresent()) {
      String key = CloudAnnotations.EIP_INSTANCE_ID.key();
      return Optional.of(
          new Outcome.Malformed(
              key,
              annotations.getOrDefault(key, ""),
              "absent where eci-with-eip is true: an instance has one public address"));
    }
    return Optional.empty();
  }
}
