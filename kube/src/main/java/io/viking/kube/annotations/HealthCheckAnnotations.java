package io.viking.kube.annotations;

import static io.viking.kube.annotations.AnnotationTypes.SWITCH;
import static io.viking.kube.annotations.AnnotationTypes.integer;
import static io.viking.kube.annotations.AnnotationTypes.listOf;
import static io.viking.kube.annotations.AnnotationTypes.matching;
import static io.viking.kube.annotations.AnnotationTypes.oneOf;
import static io.viking.kube.annotations.AnnotationUse.CLOUD;
import static io.viking.kube.annotations.ServiceAnnotations.of;

import com.google.common.collect.ImmutableMap;
import java.util.List;

/** How the load balancer of a Service finds out which backends are well. */
public final class HealthCheckAnnotations {
  private HealthCheckAnnotations() {}

  public static final CloudAnnotation<Boolean> FLAG =
      of("health-check-flag", SWITCH, CLOUD, "on", "off", "check on http and https ports");

  public static final CloudAnnotation<Boolean> SWITCHED =
      of("health-check-switch", SWITCH, CLOUD, "off", "on", "check on tcp and udp ports");

  /** True: by HTTP. */
  public static final CloudAnnotation<Boolean> TYPE =
      of(
          "health-check-type",
          oneOf(ImmutableMap.of("tcp", false, "http", true)),
          CLOUD,
          "http",
          "tcp",
          "what is spoken to check");

  public static final CloudAnnotation<String> URI =
      of(
          "health-check-uri",
          matching("a path that begins with /", "/[^\\s]{0,79}"),
          CLOUD,
          "/healthz",
          "/",
          "path that is asked for");

  public static final CloudAnnotation<String> DOMAIN =
      of(
          "health-check-domain",
          matching("a host name", "[A-Za-z0-9.-]{1,80}"),
          CLOUD,
          "shop.example",
          "",
          "host that is asked for");

  public static final CloudAnnotation<String> METHOD =
      of(
          "health-check-method",
          oneOf(ImmutableMap.of("head", "HEAD", "get", "GET")),
          CLOUD,
          "get",
          "head",
          "method of the request");

  public static final CloudAnnotation<List<String>> HTTP_CODES =
      of(
          "health-check-httpcode",
          listOf(oneOf("http_2xx", "http_3xx", "http_4xx", "http_5xx"), 4),
          CLOUD,
          "http_2xx,http_3xx",
          "http_2xx",
          "answers of a backend that is well");

  /** -520, or 0: the backend's own. */
  public static final CloudAnnotation<Integer> PORT =
      of(
          "health-check-connect-port",
          matching("a port from 1 to 65535, or -520 for the backend's own", "-520|[0-9]{1,5}")
              .as(Integer::valueOf)
              .onlyIf(port -> port == -520 || port >= 1 && port <= 65_535)
              .as(port -> Math.max(0, port)),
          CLOUD,
          "8080",
          "-520",
          "port that is checked");

  public static final CloudAnnotation<Integer> HEALTHY =
      of("healthy-threshold", integer(2, 10, ""), CLOUD, "2", "3", "good checks until it is well");

  public static final CloudAnnotation<Integer> UNHEALTHY =
      of("unhealthy-threshold", integer(2, 10, ""), CLOUD, "2", "3", "bad checks until it is not");

  public static final CloudAnnotation<Integer> INTERVAL =
      of("health-check-interval", integer(1, 50, "seconds"), CLOUD, "5", "2", "between checks");

  public static final CloudAnnotation<Integer> CONNECT_TIMEOUT =
      of(
          "health-check-connect-timeout",
          integer(1, 300, "seconds"),
          CLOUD,
          "10",
          "5",
          "how long a tcp check may take");

  public static final CloudAnnotation<Integer> TIMEOUT =
      of(
          "health-check-timeout",
          integer(1, 300, "seconds"),
          CLOUD,
          "10",
          "5",
          "how long an http check may take");

  static final List<CloudAnnotation<?>> ALL =
      List.of(
          FLAG,
          SWITCHED,
          TYPE,
          URI,
          DOMAIN,
          METHOD,
          HTTP_CODES,
          PORT,
          HEALTHY,
          UNHEALTHY,
          INTERVAL,
          CONNECT_TIMEOUT,
          TIMEOUT);
}
