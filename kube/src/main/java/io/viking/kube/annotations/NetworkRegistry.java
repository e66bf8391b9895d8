package io.viking.kube.annotations;

import io.viking.kube.annotations.CloudAnnotations.Section;
import java.util.List;
import java.util.Map;

/** The registry of Services' and Ingresses' annotations of the cloud. */
public final class NetworkRegistry {
  /** A Service's, in the order of the reference page. */
  public static final List<Section> SERVICE_SECTIONS =
      List.of(
          new Section("The load balancer of a Service", ServiceAnnotations.ALL),
          new Section("Its listeners and backends", ListenerAnnotations.ALL),
          new Section("Its health checks", HealthCheckAnnotations.ALL));

  /** An Ingress', in the order of the reference page. */
  public static final List<Section> INGRESS_SECTIONS =
      List.of(
          new Section("The load balancer of an Ingress", IngressAnnotations.WHERE),
          new Section("Its rules and backends", IngressAnnotations.HOW));

  public static final List<CloudAnnotation<?>> SERVICE = flat(SERVICE_SECTIONS);
  public static final List<CloudAnnotation<?>> INGRESS = flat(INGRESS_SECTIONS);

  private NetworkRegistry() {}

  /** Keys of the cloud's prefixes on a Service that mean nothing here, sorted. */
  public static List<String> unknownOfService(Map<String, String> annotations) {
    return unknown(
        SERVICE, List.of(ServiceAnnotations.PREFIX, ServiceAnnotations.OLD_PREFIX), annotations);
  }

  /** Keys of the cloud's prefix on an Ingress that mean nothing here, sorted. */
  public static List<String> unknownOfIngress(Map<String, String> annotations) {
    return unknown(INGRESS, List.of(IngressAnnotations.PREFIX), annotations);
  }

  private static List<String> unknown(
      List<CloudAnnotation<?>> known, List<String> prefixes, Map<String, String> annotations) {
    return annotations.keySet().stream()
        .filter(key -> prefixes.stream().anyMatch(key::startsWith))
        .filter(key -> known.stream().noneMatch(one -> CloudAnnotations.keys(one).contains(key)))
        .sorted()
        .toList();
  }

  /** A key as people say it: without its prefix. */
  public static String shortName(String key) {
    for (String prefix :
        List.of(
            ServiceAnnotations.PREFIX, ServiceAnnotations.OLD_PREFIX, IngressAnnotations.PREFIX)) {
      if (key.startsWith(prefix)) {
        return key.substring(prefix.length());
      }
    }
    return key.startsWith(IngressAnnotations.NGINX_PREFIX)
        ? key.substring(IngressAnnotations.NGINX_PREFIX.length())
        : key;
  }

  private static List<CloudAnnotation<?>> flat(List<Section> sections) {
    return sections.stream()
        .<CloudAnnotation<?>>flatMap(section -> section.annotations().stream())
        .toList();
  }
}
