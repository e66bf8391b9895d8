package io.viking.syncer.pods.annotations;

import io.viking.kube.annotations.AnnotationUse;
import io.viking.kube.annotations.CloudAnnotation;
import io.viking.kube.annotations.CloudAnnotations;
import io.viking.kube.annotations.WrittenBack;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What of a pod's annotations the adapter gets as it is: checked here, or not known here. */
public final class Extensions {
  private static final Set<String> HONOURED =
      CloudAnnotations.ALL.stream()
          .filter(Extensions::isHonoured)
          .flatMap(annotation -> CloudAnnotations.keys(annotation).stream())
          .collect(Collectors.toUnmodifiableSet());

  private Extensions() {}

  /**
   * @param annotations all of the pod's
   */
  public static Map<String, String> of(Map<String, String> annotations) {
    Map<String, String> extensions = new LinkedHashMap<>();
    annotations.forEach(
        (key, value) -> {
          if (key.startsWith(CloudAnnotations.PREFIX)
              && !WrittenBack.isOne(key)
              && !HONOURED.contains(key)) {
            extensions.put(key, value);
          }
        });
    return extensions;
  }

  /** Wholly, so that the cloud need not hear of it once more. */
  private static boolean isHonoured(CloudAnnotation<?> annotation) {
    return annotation.use() != AnnotationUse.PASSED_ON;
  }
}
