package io.viking.kube.annotations;

import static io.viking.kube.annotations.AnnotationTypes.SWITCH;
import static io.viking.kube.annotations.AnnotationTypes.integer;
import static io.viking.kube.annotations.AnnotationTypes.listOf;
import static io.viking.kube.annotations.AnnotationTypes.matching;
import static io.viking.kube.annotations.AnnotationTypes.oneOf;
import static io.viking.kube.annotations.AnnotationTypes.pairs;
import static io.viking.kube.annotations.AnnotationUse.CLOUD;
import static io.viking.kube.annotations.ServiceAnnotations.of;
import static io.viking.kube.annotations.ServiceAnnotations.passedOn;

import java.util.List;
import java.util.Map;

/** What the listeners of a Service's load balancer are like, and its backends. */
public final class ListenerAnnotations {
  private static final String PORT = "[0-9]{1,5}";

  private ListenerAnnotations() {}

  /** Of the form "https:443". */
  public static final CloudAnnotation<List<String>> PROTOCOL_PORT =
      of(
          "protocol-port",
          listOf(
              matching(
                  "tcp, udp, http or https, and a port: https:443", "(tcp|udp|https?):" + PORT),
              50),
          CLOUD,
          "https:443,http:80",
          "the port's protocol",
          "what is spoken on a port");

  public static final CloudAnnotation<String> CERT_ID =
      of(
          "cert-id",
          matching("the id of a certificate in the cloud", "[A-Za-z0-9][A-Za-z0-9._-]*"),
          CLOUD,
          "1234-cn-hangzhou",
          "",
          "certificate of the https ports, which need one");

  public static final CloudAnnotation<Map<String, String>> FORWARD_PORT =
      of(
          "forward-port",
          pairs(50, ':', "port:port", PORT, PORT),
          CLOUD,
          "80:443",
          "",
          "an http port whose requests are sent on to an https one");

  public static final CloudAnnotation<String> SCHEDULER =
      of(
          "scheduler",
          oneOf("rr", "wrr", "wlc", "sch"),
          CLOUD,
          "wlc",
          "rr",
          "how a backend is chosen");

  public static final CloudAnnotation<Integer> PERSISTENCE_TIMEOUT =
      of(
          "persistence-timeout",
          integer(0, 3600, "seconds"),
          CLOUD,
          "600",
          "0, or the Service's sessionAffinity, at most 3600",
          "how long a client's TCP connections go to one backend");

  public static final CloudAnnotation<Boolean> CONNECTION_DRAIN =
      of(
          "connection-drain",
          SWITCH,
          CLOUD,
          "on",
          "off",
          "let a removed backend end its connections");

  public static final CloudAnnotation<Integer> CONNECTION_DRAIN_TIMEOUT =
      of(
          "connection-drain-timeout",
          integer(10, 900, "seconds"),
          CLOUD,
          "60",
          "300",
          "how long it may take for that");

  public static final CloudAnnotation<Boolean> STICKY_SESSION =
      passedOn(
          "sticky-session", SWITCH, "on", "off", "keep a client with a backend by a cookie (http)");

  public static final CloudAnnotation<String> STICKY_SESSION_TYPE =
      passedOn(
          "sticky-session-type", oneOf("insert", "server"), "insert", "", "who sets the cookie");

  public static final CloudAnnotation<Integer> COOKIE_TIMEOUT =
      passedOn(
          "cookie-timeout",
          integer(1, 86_400, "seconds"),
          "1800",
          "",
          "lifetime of an inserted cookie");

  public static final CloudAnnotation<String> COOKIE =
      passedOn(
          "cookie",
          matching("the name of a cookie", "[A-Za-z0-9_-]{1,200}"),
          "session",
          "",
          "the backend's cookie");

  public static final CloudAnnotation<Boolean> ACL_STATUS =
      passedOn("acl-status", SWITCH, "on", "off", "apply an access list of the cloud");

  public static final CloudAnnotation<String> ACL_ID =
      passedOn(
          "acl-id",
          matching(
              "ids of access lists (acl-…), separated by commas",
              "acl-[A-Za-z0-9-]+(,acl-[A-Za-z0-9-]+)*"),
          "acl-1",
          "",
          "the access list");

  public static final CloudAnnotation<String> ACL_TYPE =
      passedOn("acl-type", oneOf("white", "black"), "white", "", "whether it allows or denies");

  public static final CloudAnnotation<Integer> ESTABLISHED_TIMEOUT =
      passedOn(
          "established-timeout",
          integer(10, 900, "seconds"),
          "900",
          "the cloud's",
          "when a silent TCP connection is ended");

  public static final CloudAnnotation<Integer> IDLE_TIMEOUT =
      passedOn(
          "idle-timeout",
          integer(1, 60, "seconds"),
          "15",
          "the cloud's",
          "when a silent http connection is ended");

  public static final CloudAnnotation<Integer> REQUEST_TIMEOUT =
      passedOn(
          "request-timeout",
          integer(1, 180, "seconds"),
          "60",
          "the cloud's",
          "how long a backend may take to answer");

  public static final CloudAnnotation<Boolean> HTTP2 =
      passedOn("http2-enabled", SWITCH, "off", "on", "speak HTTP/2 on https ports");

  public static final CloudAnnotation<String> TLS_CIPHER_POLICY =
      passedOn(
          "tls-cipher-policy",
          matching("the name of a policy as tls_cipher_policy_1_2", "tls_cipher_policy_[a-z0-9_]+"),
          "tls_cipher_policy_1_2",
          "the cloud's",
          "versions and ciphers of TLS");

  public static final CloudAnnotation<Boolean> PROXY_PROTOCOL =
      passedOn("proxy-protocol", SWITCH, "on", "off", "tell backends the client by PROXY protocol");

  public static final CloudAnnotation<Boolean> FORWARDED_PROTO =
      passedOn("xforwardedfor-proto", SWITCH, "on", "off", "tell backends the client's protocol");

  public static final CloudAnnotation<Boolean> FORWARDED_PORT =
      passedOn("xforwardedfor-slbport", SWITCH, "on", "off", "tell backends the listener's port");

  public static final CloudAnnotation<Boolean> FORWARDED_CLIENT_PORT =
      passedOn(
          "xforwardedfor-clientsrcport", SWITCH, "on", "off", "tell backends the client's port");

  public static final CloudAnnotation<Integer> DEFAULT_WEIGHT =
      of("default-weight", integer(0, 100, ""), CLOUD, "50", "100", "weight of each backend");

  static final List<CloudAnnotation<?>> ALL =
      List.of(
          PROTOCOL_PORT,
          CERT_ID,
          FORWARD_PORT,
          SCHEDULER,
          PERSISTENCE_TIMEOUT,
          CONNECTION_DRAIN,
          CONNECTION_DRAIN_TIMEOUT,
          DEFAULT_WEIGHT,
          STICKY_SESSION,
          STICKY_SESSION_TYPE,
          COOKIE_TIMEOUT,
          COOKIE,
          ACL_STATUS,
          ACL_ID,
          ACL_TYPE,
          ESTABLISHED_TIMEOUT,
          IDLE_TIMEOUT,
          REQUEST_TIMEOUT,
          HTTP2,
          TLS_CIPHER_POLICY,
          PROXY_PROTOCOL,
          FORWARDED_PROTO,
          FORWARDED_PORT,
          FORWARDED_CLIENT_PORT);

  /** Whether it speaks of listeners, and not of the load balancer as a whole. */
  public static boolean isOne(CloudAnnotation<?> annotation) {
    return ALL.contains(annotation);
  }
}
