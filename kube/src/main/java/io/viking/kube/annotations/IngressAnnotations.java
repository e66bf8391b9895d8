package io.viking.kube.annotations;

import static io.viking.kube.annotations.AnnotationTypes.FLAG;
import static io.viking.kube.annotations.AnnotationTypes.id;
import static io.viking.kube.annotations.AnnotationTypes.integer;
import static io.viking.kube.annotations.AnnotationTypes.json;
import static io.viking.kube.annotations.AnnotationTypes.listOf;
import static io.viking.kube.annotations.AnnotationTypes.matching;
import static io.viking.kube.annotations.AnnotationTypes.oneOf;
import static io.viking.kube.annotations.AnnotationUse.CLOUD;
import static io.viking.kube.annotations.AnnotationUse.PASSED_ON;
import static io.viking.kube.annotations.AnnotationUse.SYNCER;

import com.google.common.collect.ImmutableMap;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Set;

/** What an Ingress asks of the layer 7 load balancer that it is merged on. */
public final class IngressAnnotations {
  /** The prefix of the keys; without it, they are said and listed. */
  public static final String PREFIX = "alb.ingress.kubernetes.io/";

  static final String NGINX_PREFIX = "nginx.ingress.kubernetes.io/";
  private static final Set<String> LISTENED = Set.of("HTTP", "HTTPS", "QUIC");

  private IngressAnnotations() {}

  public static final CloudAnnotation<String> ALB_CONFIG =
      of(
          "albconfig.name",
          matching("the name of an AlbConfig", "([a-z0-9-]+/)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?"),
          SYNCER,
          "default",
          "the class's parameters, else `default`",
          "the AlbConfig whose load balancer it is merged on");

  public static final CloudAnnotation<Integer> ORDER =
      of(
          "albconfig.order",
          integer(1, 1000, ""),
          SYNCER,
          "5",
          "10",
          "its place among the Ingresses of a load balancer: what only one can say, the first says");

  public static final CloudAnnotation<String> ID =
      of(
          "id",
          matching("the id of a load balancer (alb-…)", "(lb|alb)-[A-Za-z0-9][A-Za-z0-9-]*"),
          CLOUD,
          "alb-1",
          "one is made",
          "use this load balancer, which is never deleted");

  public static final CloudAnnotation<Boolean> FORCE_OVERRIDE =
      of(
          "force-override-listeners",
          FLAG,
          CLOUD,
          "true",
          "false",
          "on a load balancer named by `id`: foreign listeners on its ports may be replaced");

  /** True: in the user's network only. */
  public static final CloudAnnotation<Boolean> ADDRESS_TYPE =
      of(
          "address-type",
          oneOf(ImmutableMap.of("internet", false, "intranet", true)),
          CLOUD,
          "intranet",
          "internet",
          "where the load balancer is reached, if no AlbConfig says it");

  public static final CloudAnnotation<List<String>> VSWITCHES =
      of(
          "vswitch-ids",
          listOf(id("a vSwitch", "vsw"), 10),
          CLOUD,
          "vsw-1,vsw-2",
          "the cloud's choice",
          "the load balancer's vSwitches, if no AlbConfig says it");

  public static final CloudAnnotation<String> NAME =
      of(
          "name",
          matching(
              "2 to 80 letters, digits and ./_- from a letter on", "[A-Za-z][A-Za-z0-9./_-]{1,79}"),
          CLOUD,
          "shop",
          "the load balancer's key",
          "the load balancer's name in the cloud's console, if no AlbConfig says it");

  public static final CloudAnnotation<String> EDITION =
      of(
          "edition",
          oneOf("Basic", "Standard", "StandardWithWaf"),
          PASSED_ON,
          "Basic",
          "Standard",
          "edition of the load balancer");

  public static final CloudAnnotation<String> CHARGE_TYPE =
      of("charge-type", oneOf("PostPay"), PASSED_ON, "PostPay", "PostPay", "how it is billed");

  public static final CloudAnnotation<String> ALLOCATED_MODE =
      of(
          "address-allocated-mode",
          oneOf("Fixed", "Dynamic"),
          PASSED_ON,
          "Fixed",
          "Dynamic",
          "whether its addresses stay");

  public static final CloudAnnotation<String> LISTEN_PORTS =
      of(
          "listen-ports",
          json(
              "a JSON list as [{\"HTTP\": 80}, {\"HTTPS\": 443}] of HTTP, HTTPS and QUIC ports",
              IngressAnnotations::arePorts),
          CLOUD,
          "[{\"HTTP\":80},{\"HTTPS\":443}]",
          "HTTPS 443 if it has TLS, with HTTP 80 if `ssl-redirect` is true; else HTTP 80",
          "where it is served");

  public static final CloudAnnotation<Boolean> SSL_REDIRECT =
      of(
              "ssl-redirect",
              FLAG,
              CLOUD,
              "true",
              "false",
              "send requests on HTTP ports on to HTTPS (308)")
          .formerly(NGINX_PREFIX + "ssl-redirect");

  public static final CloudAnnotation<Boolean> CANARY =
      of(
              "canary",
              FLAG,
              CLOUD,
              "true",
              "false",
              "take a part of what an Ingress of the same rules gets")
          .formerly(NGINX_PREFIX + "canary");

  public static final CloudAnnotation<String> CANARY_BY_HEADER =
      of(
              "canary-by-header",
              matching("the name of a header", "[A-Za-z0-9-]{1,40}"),
              CLOUD,
              "X-Canary",
              "",
              "requests with this header: `always`, `never`, or the value that is named")
          .formerly(NGINX_PREFIX + "canary-by-header");

  public static final CloudAnnotation<String> CANARY_BY_HEADER_VALUE =
      of(
              "canary-by-header-value",
              matching("1 to 128 printable characters", "[ -~]{1,128}"),
              CLOUD,
              "beta",
              "always",
              "the value of that header")
          .formerly(NGINX_PREFIX + "canary-by-header-value");

  public static final CloudAnnotation<String> CANARY_BY_COOKIE =
      of(
              "canary-by-cookie",
              matching("the name of a cookie", "[A-Za-z0-9_-]{1,100}"),
              CLOUD,
              "canary",
              "",
              "requests with this cookie: `always` or `never`")
          .formerly(NGINX_PREFIX + "canary-by-cookie");

  public static final CloudAnnotation<Integer> CANARY_WEIGHT =
      of(
              "canary-weight",
              integer(0, 100, "of a hundred"),
              CLOUD,
              "10",
              "0",
              "its part of all others")
          .formerly(NGINX_PREFIX + "canary-weight");

  public static final CloudAnnotation<String> REWRITE_TARGET =
      of(
              "rewrite-target",
              matching(
                  "a whole path that begins with /, without $ for parts of the old one",
                  "/[^\\s$]{0,127}"),
              CLOUD,
              "/",
              "the path stays",
              "path that backends are asked for")
          .formerly(NGINX_PREFIX + "rewrite-target");

  public static final CloudAnnotation<String> BACKEND_PROTOCOL =
      of(
              "backend-protocol",
              oneOf(
                  ImmutableMap.of(
                      "http", "http", "https", "https", "grpc", "grpc", "HTTP", "http", "HTTPS",
                      "https", "GRPC", "grpc")),
              CLOUD,
              "grpc",
              "http",
              "what is spoken to backends")
          .formerly(NGINX_PREFIX + "backend-protocol");

  public static final CloudAnnotation<Boolean> HEALTH_CHECK =
      of("healthcheck-enabled", FLAG, CLOUD, "true", "false", "check which backends are well");

  public static final CloudAnnotation<String> HEALTH_PATH =
      of(
          "healthcheck-path",
          matching("a path that begins with /", "/[^\\s]{0,79}"),
          CLOUD,
          "/healthz",
          "/",
          "path that is asked for");

  /** True: by HTTP. */
  public static final CloudAnnotation<Boolean> HEALTH_PROTOCOL =
      of(
          "healthcheck-protocol",
          oneOf(ImmutableMap.of("HTTP", true, "TCP", false)),
          CLOUD,
          "TCP",
          "HTTP",
          "what is spoken to check");

  public static final CloudAnnotation<String> HEALTH_METHOD =
      of("healthcheck-method", oneOf("HEAD", "GET"), CLOUD, "GET", "HEAD", "method of the request");

  public static final CloudAnnotation<List<String>> HEALTH_CODES =
      of(
          "healthcheck-httpcode",
          listOf(oneOf("http_2xx", "http_3xx", "http_4xx", "http_5xx"), 4),
          CLOUD,
          "http_2xx,http_3xx",
          "http_2xx",
          "answers of a backend that is well");

  public static final CloudAnnotation<Integer> HEALTH_INTERVAL =
      of(
          "healthcheck-interval-seconds",
          integer(1, 50, "seconds"),
          CLOUD,
          "5",
          "2",
          "between checks");

  public static final CloudAnnotation<Integer> HEALTH_TIMEOUT =
      of(
          "healthcheck-timeout-seconds",
          integer(1, 300, "seconds"),
          CLOUD,
          "10",
          "5",
          "how long a check may take");

  public static final CloudAnnotation<Integer> HEALTHY =
      of(
          "healthy-threshold-count",
          integer(2, 10, ""),
          CLOUD,
          "2",
          "3",
          "good checks until it is well");

  public static final CloudAnnotation<Integer> UNHEALTHY =
      of(
          "unhealthy-threshold-count",
          integer(2, 10, ""),
          CLOUD,
          "2",
          "3",
          "bad checks until it is not");

  static final List<CloudAnnotation<?>> WHERE =
      List.of(
          ALB_CONFIG,
          ORDER,
          ID,
          FORCE_OVERRIDE,
          ADDRESS_TYPE,
          VSWITCHES,
          NAME,
          EDITION,
          CHARGE_TYPE,
          ALLOCATED_MODE,
          LISTEN_PORTS);

  static final List<CloudAnnotation<?>> HOW =
      List.of(
          SSL_REDIRECT,
          CANARY,
          CANARY_BY_HEADER,
          CANARY_BY_HEADER_VALUE,
          CANARY_BY_COOKIE,
          CANARY_WEIGHT,
          REWRITE_TARGET,
          BACKEND_PROTOCOL,
          HEALTH_CHECK,
          HEALTH_PATH,
          HEALTH_PROTOCOL,
          HEALTH_METHOD,
          HEALTH_CODES,
          HEALTH_INTERVAL,
          HEALTH_TIMEOUT,
          HEALTHY,
          UNHEALTHY);

  private static <T> CloudAnnotation<T> of(
      String suffix,
      AnnotationType<T> type,
      AnnotationUse use,
      String example,
      String defaultValue,
      String meaning) {
    return CloudAnnotation.of(PREFIX + suffix, type, use, example, defaultValue, meaning);
  }

  private static boolean arePorts(String text) {
    var list = JsonParser.parseString(text).getAsJsonArray();
    for (JsonElement item : list) {
      for (var port : item.getAsJsonObject().entrySet()) {
        int number = port.getValue().getAsInt();
        if (!LISTENED.contains(port.getKey()) || number < 1 || number > 65_535) {
          return false;
        }
      }
    }
    return !list.isEmpty();
  }
}
