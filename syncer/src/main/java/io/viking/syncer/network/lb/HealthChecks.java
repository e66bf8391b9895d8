package io.viking.syncer.network.lb;

import com.google.protobuf.Duration;
import io.viking.cloud.v1.HealthCheck;
import io.viking.cloud.v1.Protocol;
import io.viking.kube.annotations.AnnotationValues;
import io.viking.kube.annotations.HealthCheckAnnotations;
import io.viking.kube.annotations.IngressAnnotations;
import java.util.List;

/** How backends are checked. */
public final class HealthChecks {
  private static final int INTERVAL = 2;
  private static final int TIMEOUT = 5;
  private static final int THRESHOLD = 3;
  private static final List<String> GOOD = List.of("http_2xx");

  private HealthChecks() {}

  /** Of a port of a Service. */
  static HealthCheck of(AnnotationValues values, Protocol spoken) {
    boolean isHttp = spoken == Protocol.PROTOCOL_HTTP || spoken == Protocol.PROTOCOL_HTTPS;
    boolean enabled =
        isHttp
            ? values.get(HealthCheckAnnotations.FLAG).orElse(false)
            : values.get(HealthCheckAnnotations.SWITCHED).orElse(true);
    if (!enabled) {
      return HealthCheck.getDefaultInstance();
    }
    boolean byHttp =
        spoken != Protocol.PROTOCOL_UDP && values.get(HealthCheckAnnotations.TYPE).orElse(isHttp);
    var check =
        HealthCheck.newBuilder()
            .setEnabled(true)
            .setProtocol(
                byHttp
                    ? Protocol.PROTOCOL_HTTP
                    : spoken == Protocol.PROTOCOL_UDP
                        ? Protocol.PROTOCOL_UDP
                        : Protocol.PROTOCOL_TCP)
            .setPort(values.get(HealthCheckAnnotations.PORT).orElse(0))
            .setInterval(seconds(values.get(HealthCheckAnnotations.INTERVAL).orElse(INTERVAL)))
            .setTimeout(
                seconds(
                    values
                        .get(
                            byHttp
                                ? HealthCheckAnnotations.TIMEOUT
                                : HealthCheckAnnotations.CONNECT_TIMEOUT)
                        .orElse(TIMEOUT)))
            .setHealthyThreshold(values.get(HealthCheckAnnotations.HEALTHY).orElse(THRESHOLD))
            .setUnhealthyThreshold(values.get(HealthCheckAnnotations.UNHEALTHY).orElse(THRESHOLD));
    if (byHttp) {
      check
          .setPath(values.get(HealthCheckAnnotations.URI).orElse("/"))
          .setHost(values.get(HealthCheckAnnotations.DOMAIN).orElse(""))
          .setMethod(values.get(HealthCheckAnnotations.METHOD).orElse("HEAD"))
          .addAllHealthyCodes(values.get(HealthCheckAnnotations.HTTP_CODES).orElse(GOOD));
    }
    return check.build();
  }

  /** Of an Ingress; not enabled if it does not ask for it. */
  public static HealthCheck of(AnnotationValues values) {
    if (!values.get(IngressAnnotations.HEALTH_CHECK).orElse(false)) {
      return HealthCheck.getDefaultInstance();
    }
    boolean byHttp = values.get(IngressAnnotations.HEALTH_PROTOCOL).orElse(true);
    var check =
        HealthCheck.newBuilder()
            .setEnabled(true)
            .setProtocol(byHttp ? Protocol.PROTOCOL_HTTP : Protocol.PROTOCOL_TCP)
            .setInterval(seconds(values.get(IngressAnnotations.HEALTH_INTERVAL).orElse(INTERVAL)))
            .setTimeout(seconds(values.get(IngressAnnotations.HEALTH_TIMEOUT).orElse(TIMEOUT)))
            .setHealthyThreshold(values.get(IngressAnnotations.HEALTHY).orElse(THRESHOLD))
            .setUnhealthyThreshold(values.get(IngressAnnotations.UNHEALTHY).orElse(THRESHOLD));
    if (byHttp) {
      check
          .setPath(values.get(IngressAnnotations.HEALTH_PATH).orElse("/"))
          .setMethod(values.get(IngressAnnotations.HEALTH_METHOD).orElse("HEAD"))
          .addAllHealthyCodes(values.get(IngressAnnotations.HEALTH_CODES).orElse(GOOD));
    }
    return check.build();
  }

  static Duration seconds(java.time.Duration time) {
    return Duration.newBuilder().setSeconds(time.toSeconds()).build();
  }

  private static Duration seconds(int seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }
}
