package io.viking.kube.annotations;

import static io.viking.kube.annotations.AnnotationTypes.choices;
import static io.viking.kube.annotations.AnnotationTypes.id;
import static io.viking.kube.annotations.AnnotationTypes.instanceType;
import static io.viking.kube.annotations.AnnotationTypes.integer;
import static io.viking.kube.annotations.AnnotationTypes.listOf;
import static io.viking.kube.annotations.AnnotationTypes.matching;
import static io.viking.kube.annotations.AnnotationTypes.oneOf;
import static io.viking.kube.annotations.AnnotationUse.PASSED_ON;
import static io.viking.kube.annotations.AnnotationUse.PLACEMENT;
import static io.viking.kube.annotations.CloudAnnotations.PREFIX;

import com.google.common.collect.ImmutableMap;
import java.util.List;

/** What the instance is, and in which zone. */
public final class PlacementAnnotations {
  private PlacementAnnotations() {}

  public static final CloudAnnotation<List<String>> USE_SPECS =
      CloudAnnotation.of(
          PREFIX + "eci-use-specs",
          listOf(instanceType(), 10),
          PLACEMENT,
          "2-4Gi,4-8Gi,ecs.c6.xlarge",
          "the cheapest shape that holds the pod; with `nvidia.com/gpu` the cheapest GPU type",
          "instance types, tried in this order until one is in stock");

  public static final CloudAnnotation<List<Choice>> INSTANCE_FAMILY =
      CloudAnnotation.of(
          PREFIX + "eci-instance-family",
          choices("a family as ecs.c6", "[a-z]+\\.[a-z][a-z0-9-]*"),
          PLACEMENT,
          "ecs.c6,ecs.g6",
          "any",
          "families of instance types to take, or with `-` to leave alone");

  public static final CloudAnnotation<List<Choice>> INSTANCE_GENERATION =
      CloudAnnotation.of(
          PREFIX + "eci-instance-generation",
          choices("a generation as 6", "[0-9]{1,5}"),
          PLACEMENT,
          "7,6",
          "any",
          "generations of instance types in the order of preference, or with `-` to leave alone");

  public static final CloudAnnotation<List<String>> COMPUTE_CATEGORY =
      CloudAnnotation.of(
          PREFIX + "eci-compute-category",
          listOf(oneOf("economy", "general"), 2),
          PASSED_ON,
          "economy,general",
          "",
          "categories of compute in the order of preference");

  public static final CloudAnnotation<List<String>> VSWITCH =
      CloudAnnotation.of(
          PREFIX + "eci-vswitch",
          listOf(id("a vSwitch", "vsw"), 10),
          PLACEMENT,
          "vsw-a,vsw-b",
          "the profile's `vswitch`, else any",
          "vSwitches in the order of preference; each lies in one zone");

  /** True: the zone of the first vSwitch is filled before the next. */
  public static final CloudAnnotation<Boolean> SCHEDULE_STRATEGY =
      CloudAnnotation.of(
          PREFIX + "eci-schedule-strategy",
          oneOf(ImmutableMap.of("VSwitchOrdered", true, "VSwitchRandom", false)),
          PLACEMENT,
          "VSwitchOrdered",
          "VSwitchRandom",
          "whether the order of the vSwitches is the order of the zones");

  public static final CloudAnnotation<String> GPU_DRIVER =
      CloudAnnotation.of(
          PREFIX + "eci-gpu-driver-version",
          matching("the driver's name and version as tesla=525.85.12", "[a-z]+=[0-9]+(\\.[0-9]+)+"),
          PASSED_ON,
          "tesla=525.85.12",
          "the cloud's",
          "driver of the GPUs");

  public static final CloudAnnotation<Integer> CPU_CORES =
      CloudAnnotation.of(
          PREFIX + "eci-cpu-option-core",
          integer(1, 256, "cores"),
          PASSED_ON,
          "2",
          "the type's",
          "physical cores");

  public static final CloudAnnotation<Integer> CPU_THREADS =
      CloudAnnotation.of(
          PREFIX + "eci-cpu-option-ht",
          integer(1, 2, "threads of a core"),
          PASSED_ON,
          "1",
          "the type's",
          "threads of each core; 1: no hyper-threading");

  static final List<CloudAnnotation<?>> ALL =
      List.of(
          USE_SPECS,
          INSTANCE_FAMILY,
          INSTANCE_GENERATION,
          COMPUTE_CATEGORY,
          VSWITCH,
          SCHEDULE_STRATEGY,
          GPU_DRIVER,
          CPU_CORES,
          CPU_THREADS);
}
