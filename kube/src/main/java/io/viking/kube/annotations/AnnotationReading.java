package io.viking.kube.annotations;

import java.util.List;

/**
 * What an object says by the cloud's annotations.
 *
 * @param values those that are well formed
 * @param flaws those that cannot be honoured as they are, and then the {@link AnnotationRule}s that
 *     the others break
 */
public record AnnotationReading(AnnotationValues values, List<CloudAnnotation.Malformed> flaws) {
  public AnnotationReading {
    flaws = List.copyOf(flaws);
  }
}
