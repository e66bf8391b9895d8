package io.viking.kube.annotations;

import static io.viking.kube.annotations.AnnotationTypes.id;
import static io.viking.kube.annotations.AnnotationTypes.matching;
import static io.viking.kube.annotations.AnnotationTypes.oneOf;
import static io.viking.kube.annotations.AnnotationTypes.tags;
import static io.viking.kube.annotations.AnnotationUse.CLOUD;
import static io.viking.kube.annotations.AnnotationUse.PASSED_ON;
import static io.viking.kube.annotations.CloudAnnotations.PREFIX;

import java.util.List;
import java.util.Map;

/** Whose the instance is, and from what it is bought. */
public final class PurchaseAnnotations {
  private PurchaseAnnotations() {}

  public static final CloudAnnotation<String> PRIVATE_POOL_CRITERIA =
      CloudAnnotation.of(
          PREFIX + "eci-privatepool-matchcriteria",
          oneOf("Open", "Target"),
          PASSED_ON,
          "Target",
          "",
          "which reservations may be used: any that is open, or the one that is named");

  public static final CloudAnnotation<String> PRIVATE_POOL_ID =
      CloudAnnotation.of(
          PREFIX + "eci-privatepool-id",
          id("a reservation", "eap"),
          CLOUD,
          "eap-1",
          "",
          "the reservation to buy from");

  public static final CloudAnnotation<String> RESOURCE_GROUP =
      CloudAnnotation.of(
          PREFIX + "eci-resource-group-id",
          id("a resource group", "rg"),
          PASSED_ON,
          "rg-1",
          "the profile's `resourcegroup`",
          "resource group of the instance");

  public static final CloudAnnotation<String> RAM_ROLE =
      CloudAnnotation.of(
          PREFIX + "eci-ram-role-name",
          matching(
              "the name of a role: at most 64 letters, digits, . and -", "[A-Za-z0-9.-]{1,64}"),
          CLOUD,
          "AliyunECIContainerGroupRole",
          "",
          "the role whose credentials the instance's metadata service hands out");

  public static final CloudAnnotation<Map<String, String>> CUSTOM_TAGS =
      CloudAnnotation.of(
          PREFIX + "eci-custom-tags",
          tags(3),
          CLOUD,
          "env:test,name:alice",
          "",
          "tags on the instance in the cloud");

  static final List<CloudAnnotation<?>> ALL =
      List.of(PRIVATE_POOL_CRITERIA, PRIVATE_POOL_ID, RESOURCE_GROUP, RAM_ROLE, CUSTOM_TAGS);
}
