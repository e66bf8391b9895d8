package io.viking.kube.profile;

import io.viking.kube.annotations.AnnotationType;
import io.viking.kube.annotations.CloudAnnotation;
import io.viking.kube.annotations.NetworkAnnotations;
import io.viking.kube.annotations.PlacementAnnotations;
import io.viking.kube.annotations.PurchaseAnnotations;
import java.util.List;
import java.util.Optional;

/** The profile's keys: each has a name in a serverless cluster and one on a virtual node. */
enum ProfileKey {
  SECURITY_GROUP(List.of("securitygroup", "securityGroupId"), NetworkAnnotations.SECURITY_GROUP),
  VSWITCH(List.of("vswitch", "vswitchIds"), PlacementAnnotations.VSWITCH),
  RESOURCE_GROUP(List.of("resourcegroup", "resourceGroupId"), PurchaseAnnotations.RESOURCE_GROUP),
  KUBE_PROXY(List.of("kube-proxy", "enableClusterIp"), NetworkAnnotations.KUBE_PROXY),
  VPC(List.of("vpc", "vpcId"), "the id of a VPC (vpc-…)", "vpc-[A-Za-z0-9-]+"),
  REGION(List.of("region"), "the id of a region as cn-hangzhou", "[a-z]+(-[a-z0-9]+)+"),
  PRIVATE_ZONE(List.of("privatezone", "enablePrivateZone"), "true or false", "true|false"),
  HYBRID(List.of("enableHybridMode"), "true or false", "true|false"),
  QUOTA_CPU(List.of("quota-cpu"), "a number of vCPUs", "[0-9]{1,12}"),
  QUOTA_MEMORY(
      List.of("quota-memory"), "a quantity of bytes as 640Ti", "[0-9]{1,12}([KMGTPE]i|[kMGTPE])?"),
  QUOTA_PODS(List.of("quota-pods"), "a number of pods", "[0-9]{1,12}");

  static final String SELECTORS = "selectors";

  final List<String> names;

  /** Whose default it is; empty: it is checked, and nothing here goes by it. */
  final Optional<CloudAnnotation<?>> annotation;

  private final String form;
  private final String pattern;

  ProfileKey(List<String> names, CloudAnnotation<?> annotation) {
    this.names = names;
    this.annotation = Optional.of(annotation);
    this.form = annotation.type().form();
    this.pattern = "";
  }

  ProfileKey(List<String> names, String form, String pattern) {
    this.names = names;
    this.annotation = Optional.empty();
    this.form = form;
    this.pattern = pattern;
  }

  String form() {
    return form;
  }

  boolean admits(String value) {
    return annotation
        .map(a -> parses(a.type(), value))
        .orElseGet(() -> value.strip().matches(pattern));
  }

  private static <T> boolean parses(AnnotationType<T> type, String value) {
    return type.parse(value).isPresent();
  }
}
