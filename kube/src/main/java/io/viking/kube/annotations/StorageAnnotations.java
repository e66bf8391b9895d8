package io.viking.kube.annotations;

import static io.viking.kube.annotations.AnnotationTypes.FLAG;
import static io.viking.kube.annotations.AnnotationTypes.gibibytes;
import static io.viking.kube.annotations.AnnotationTypes.json;
import static io.viking.kube.annotations.AnnotationTypes.listOf;
import static io.viking.kube.annotations.AnnotationTypes.matching;
import static io.viking.kube.annotations.AnnotationUse.INSTANCE;
import static io.viking.kube.annotations.AnnotationUse.PASSED_ON;
import static io.viking.kube.annotations.CloudAnnotations.PREFIX;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.List;

/** Disks of the instance, and what is written to them. */
public final class StorageAnnotations {
  private StorageAnnotations() {}

  public static final PodAnnotation<Integer> EXTRA_EPHEMERAL_STORAGE =
      PodAnnotation.of(
          PREFIX + "eci-extra-ephemeral-storage",
          gibibytes(5000),
          INSTANCE,
          "50Gi",
          "0Gi",
          "temporary storage beyond what comes free");

  public static final PodAnnotation<String> EPHEMERAL_STORAGE_OPTIONS =
      PodAnnotation.of(
          PREFIX + "eci-ephemeral-storage-options",
          json(
              "a JSON object of texts as {\"encrypted\": \"true\"}",
              text ->
                  JsonParser.parseString(text).getAsJsonObject().asMap().values().stream()
                      .allMatch(JsonElement::isJsonPrimitive)),
          PASSED_ON,
          "{\"encrypted\":\"true\"}",
          "",
          "how the temporary storage is kept");

  public static final PodAnnotation<Boolean> EVICTION =
      PodAnnotation.of(
          PREFIX + "eci-eviction-enable",
          FLAG,
          PASSED_ON,
          "true",
          "false",
          "end the instance when its temporary storage is full");

  public static final PodAnnotation<List<String>> DISK_VOLUME =
      PodAnnotation.of(
          PREFIX + "eci-set-diskvolume",
          listOf(
              matching(
                  "volume:filesystem:size as data:ext4:500Gi",
                  "[a-z0-9]([a-z0-9-]*[a-z0-9])?:(ext4|ext3|xfs):[0-9]+Gi"),
              20),
          PASSED_ON,
          "data:ext4:500Gi",
          "",
          "volumes that become cloud disks of their own");

  public static final PodAnnotation<Boolean> LOG_SERVICE =
      PodAnnotation.of(
          PREFIX + "eci-sls-enable",
          FLAG,
          PASSED_ON,
          "false",
          "true where the account collects logs",
          "collect the containers' logs");

  public static final PodAnnotation<String> CORE_PATTERN =
      PodAnnotation.of(
          PREFIX + "eci-core-pattern",
          matching("a path that does not begin with |", "[^|\\s][^\\s]*"),
          PASSED_ON,
          "/tmp/cores/core.%e",
          "core.pid",
          "where core dumps go");

  static final List<PodAnnotation<?>> ALL =
      List.of(
          EXTRA_EPHEMERAL_STORAGE,
          EPHEMERAL_STORAGE_OPTIONS,
          EVICTION,
          DISK_VOLUME,
          LOG_SERVICE,
          CORE_PATTERN);
}
