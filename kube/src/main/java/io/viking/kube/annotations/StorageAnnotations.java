package io.viking.kube.annotations;

import static io.viking.kube.annotations.AnnotationTypes.FLAG;
import static io.viking.kube.annotations.AnnotationTypes.gibibytes;
import static io.viking.kube.annotations.AnnotationTypes.json;
import static io.viking.kube.annotations.AnnotationTypes.listOf;
import static io.viking.kube.annotations.AnnotationTypes.matching;
import static io.viking.kube.annotations.AnnotationUse.CLOUD;
import static io.viking.kube.annotations.AnnotationUse.PASSED_ON;
import static io.viking.kube.annotations.CloudAnnotations.PREFIX;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.List;

/** Disks of the instance, and what is written to them. */
public final class StorageAnnotations {
  private StorageAnnotations() {}

  public static final CloudAnnotation<Integer> EXTRA_EPHEMERAL_STORAGE =
      CloudAnnotation.of(
          PREFIX + "eci-extra-ephemeral-storage",
          gibibytes(5000),
          CLOUD,
          "50Gi",
          "0Gi",
          "temporary storage beyond what comes free");

  public static final CloudAnnotation<String> EPHEMERAL_STORAGE_OPTIONS =
      CloudAnnotation.of(
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

  public static final CloudAnnotation<Boolean> EVICTION =
      CloudAnnotation.of(
          PREFIX + "eci-eviction-enable",
          FLAG,
          PASSED_ON,
          "true",
          "false",
          "end the instance when its temporary storage is full");

  public static final CloudAnnotation<List<String>> DISK_VOLUME =
      CloudAnnotation.of(
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

  public static final CloudAnnotation<Boolean> LOG_SERVICE =
      CloudAnnotation.of(
          PREFIX + "eci-sls-enable",
          FLAG,
          PASSED_ON,
          "false",
          "true where the account collects logs",
          "collect the containers' logs");

  public static final CloudAnnotation<String> CORE_PATTERN =
      CloudAnnotation.of(
          PREFIX + "eci-core-pattern",
          matching("a path that does not begin with |", "[^|\\s][^\\s]*"),
          PASSED_ON,
          "/tmp/cores/core.%e",
          "core.pid",
          "where core dumps go");

  static final List<CloudAnnotation<?>> ALL =
      List.of(
          EXTRA_EPHEMERAL_STORAGE,
          EPHEMERAL_STORAGE_OPTIONS,
          EVICTION,
          DISK_VOLUME,
          LOG_SERVICE,
          CORE_PATTERN);
}
