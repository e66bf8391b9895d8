package io.viking.kube.annotations;

import static io.viking.kube.annotations.AnnotationTypes.FLAG;
import static io.viking.kube.annotations.AnnotationTypes.id;
import static io.viking.kube.annotations.AnnotationTypes.integer;
import static io.viking.kube.annotations.AnnotationTypes.listOf;
import static io.viking.kube.annotations.AnnotationTypes.matching;
import static io.viking.kube.annotations.AnnotationTypes.oneOf;
import static io.viking.kube.annotations.AnnotationUse.CLOUD;
import static io.viking.kube.annotations.AnnotationUse.PASSED_ON;
import static io.viking.kube.annotations.CloudAnnotations.PREFIX;

import java.util.List;

/** Where images come from, and data. */
public final class ImageAnnotations {
  private static final AnnotationType<List<String>> REGISTRIES =
      listOf(
          matching(
              "a registry as host or host:port",
              "[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?"),
          20);
  private static final AnnotationType<List<String>> ARNS =
      listOf(
          matching("a role as acs:ram::123456:role/name", "acs:ram::[0-9]*:[A-Za-z0-9./_-]+"), 20);

  private ImageAnnotations() {}

  public static final CloudAnnotation<Boolean> AUTO_CACHE =
      CloudAnnotation.of(
              PREFIX + "eci-auto-imc",
              FLAG,
              CLOUD,
              "true",
              "false",
              "use a matching image cache, and make one where there is none")
          .formerly(PREFIX + "eci-image-cache");

  public static final CloudAnnotation<String> CACHE_ID =
      CloudAnnotation.of(
              PREFIX + "eci-imc-id",
              id("an image cache", "imc"),
              CLOUD,
              "imc-1",
              "",
              "use exactly this image cache")
          .formerly(PREFIX + "eci-image-snapshot-id");

  public static final CloudAnnotation<Boolean> PERFECT_MATCH =
      CloudAnnotation.of(
          PREFIX + "imc-perfect-match",
          FLAG,
          PASSED_ON,
          "true",
          "false",
          "take a cache only if it holds all of the pod's images");

  public static final CloudAnnotation<Integer> MATCH_COUNT =
      CloudAnnotation.of(
          PREFIX + "imc-match-count-request",
          integer(1, 20, "images"),
          PASSED_ON,
          "2",
          "",
          "take a cache only if it holds so many of the pod's images");

  public static final CloudAnnotation<String> ACCELERATE_MODE =
      CloudAnnotation.of(
          PREFIX + "image-accelerate-mode",
          oneOf("nydus", "dadi", "p2p", "imc"),
          PASSED_ON,
          "nydus",
          "",
          "load images lazily");

  public static final CloudAnnotation<List<String>> ACR_INSTANCES =
      CloudAnnotation.of(
              PREFIX + "acr-instance-ids",
              listOf(
                  matching(
                      "the id of a registry (cri-…), with its region and a colon before it if it is another",
                      "([a-z0-9-]+:)?cri-[A-Za-z0-9-]+"),
                  20),
              PASSED_ON,
              "cri-1,cn-beijing:cri-2",
              "",
              "registries of the account to pull from without a password")
          .formerly(PREFIX + "acr-instance-id");

  public static final CloudAnnotation<List<String>> ACR_SERVICE_ARNS =
      CloudAnnotation.of(
          PREFIX + "acr-service-arns",
          ARNS,
          PASSED_ON,
          "acs:ram::123456:role/pull",
          "",
          "roles of the service, for registries of another account");

  public static final CloudAnnotation<List<String>> ACR_USER_ARNS =
      CloudAnnotation.of(
          PREFIX + "acr-user-arns",
          ARNS,
          PASSED_ON,
          "acs:ram::123456:role/pull",
          "",
          "roles of that account");

  public static final CloudAnnotation<List<String>> PLAIN_HTTP_REGISTRY =
      CloudAnnotation.of(
          PREFIX + "plain-http-registry",
          REGISTRIES,
          PASSED_ON,
          "registry.example.com:5000",
          "",
          "registries that are spoken to without TLS");

  public static final CloudAnnotation<List<String>> INSECURE_REGISTRY =
      CloudAnnotation.of(
          PREFIX + "insecure-registry",
          REGISTRIES,
          PASSED_ON,
          "registry.example.com",
          "",
          "registries whose certificate is not checked");

  public static final CloudAnnotation<String> DATA_CACHE_BUCKET =
      CloudAnnotation.of(
          PREFIX + "eci-data-cache-bucket",
          matching("the name of a bucket: letters, digits, - and _", "[A-Za-z0-9_-]{1,64}"),
          PASSED_ON,
          "default",
          "",
          "where the data cache that the pod mounts is");

  public static final CloudAnnotation<String> DATA_CACHE_LEVEL =
      CloudAnnotation.of(
          PREFIX + "eci-data-cache-pl",
          oneOf("PL0", "PL1", "PL2", "PL3"),
          PASSED_ON,
          "PL1",
          "PL1",
          "performance level of the data cache's disk");

  public static final CloudAnnotation<Integer> DATA_CACHE_IOPS =
      CloudAnnotation.of(
          PREFIX + "eci-data-cache-provisionedIops",
          integer(0, 50_000, "operations per second"),
          PASSED_ON,
          "40000",
          "",
          "operations per second that the data cache's disk is provisioned for");

  public static final CloudAnnotation<Boolean> DATA_CACHE_BURSTING =
      CloudAnnotation.of(
          PREFIX + "eci-data-cache-burstingEnabled",
          FLAG,
          PASSED_ON,
          "true",
          "false",
          "whether the data cache's disk may burst");

  static final List<CloudAnnotation<?>> ALL =
      List.of(
          AUTO_CACHE,
          CACHE_ID,
          PERFECT_MATCH,
          MATCH_COUNT,
          ACCELERATE_MODE,
          ACR_INSTANCES,
          ACR_SERVICE_ARNS,
          ACR_USER_ARNS,
          PLAIN_HTTP_REGISTRY,
          INSECURE_REGISTRY,
          DATA_CACHE_BUCKET,
          DATA_CACHE_LEVEL,
          DATA_CACHE_IOPS,
          DATA_CACHE_BURSTING);
}
