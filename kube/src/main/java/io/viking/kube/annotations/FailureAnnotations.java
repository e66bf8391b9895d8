package io.viking.kube.annotations;

import static io.viking.kube.annotations.AnnotationTypes.FLAG;
import static io.viking.kube.annotations.AnnotationTypes.integer;
import static io.viking.kube.annotations.AnnotationTypes.oneOf;
import static io.viking.kube.annotations.AnnotationUse.PASSED_ON;
import static io.viking.kube.annotations.AnnotationUse.PLACEMENT;
import static io.viking.kube.annotations.AnnotationUse.SYNCER;
import static io.viking.kube.annotations.CloudAnnotations.PREFIX;

import com.google.common.collect.ImmutableMap;
import java.util.List;

/** When the instance cannot be had. */
public final class FailureAnnotations {
  private FailureAnnotations() {}

  public static final CloudAnnotation<FailStrategy> FAIL_STRATEGY =
      CloudAnnotation.of(
          PREFIX + "eci-fail-strategy",
          oneOf(
              ImmutableMap.of(
                  "fail-back", FailStrategy.FAIL_BACK,
                  "fail-over", FailStrategy.FAIL_BACK,
                  "fail-fast", FailStrategy.FAIL_FAST)),
          PLACEMENT,
          "fail-fast",
          "fail-back",
          "stay Pending and try again, or fail the pod at once with reason `ProviderFailed`");

  public static final CloudAnnotation<Boolean> FAIL_ON_CREATE_ERROR =
      CloudAnnotation.of(
          PREFIX + "pod-fail-on-create-err",
          FLAG,
          PLACEMENT,
          "true",
          "false",
          "the older way to say `eci-fail-strategy: fail-fast`, which goes before it");

  public static final CloudAnnotation<Boolean> RESCHEDULE =
      CloudAnnotation.of(
          PREFIX + "eci-reschedule-enable",
          FLAG,
          PASSED_ON,
          "true",
          "false",
          "an older switch for trying again, which is always done here unless the pod fails fast");

  public static final CloudAnnotation<Integer> MAX_PENDING_MINUTES =
      CloudAnnotation.of(
          PREFIX + "eci-max-pending-minute",
          integer(10, 1440, "minutes"),
          SYNCER,
          "30",
          "not bounded",
          "fail the pod when it is Pending in its zone for longer");

  static final List<CloudAnnotation<?>> ALL =
      List.of(FAIL_STRATEGY, FAIL_ON_CREATE_ERROR, RESCHEDULE, MAX_PENDING_MINUTES);
}
