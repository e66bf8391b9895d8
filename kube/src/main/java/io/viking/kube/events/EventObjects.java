package io.viking.kube.events;

import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1EventSource;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import io.viking.kube.client.KubeJson;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** How events look as Kubernetes objects. */
final class EventObjects {
  private static final String DEFAULT_NAMESPACE = "default";
  private static final int LONGEST_MESSAGE = 1_024;
  private static final int LONGEST_NAME = 253;

  private EventObjects() {}

  /** An event stands in its object's namespace; one about a cluster-scoped object in default. */
  static String namespace(EventTarget target) {
    return target.namespace().isEmpty() ? DEFAULT_NAMESPACE : target.namespace();
  }

  /** {@code <object>.<hex>}, which is how kubectl and people know events. */
  static String name(EventTarget target, long unique) {
    String suffix = "." + Long.toHexString(unique);
    String name = target.name();
    int room = LONGEST_NAME - suffix.length();
    return (name.length() > room ? name.substring(0, room) : name) + suffix;
  }

  static CoreV1Event event(Series series, Series.Write.Create write, EventSource source) {
    Series.Key key = series.key();
    EventTarget target = key.target();
    String namespace = namespace(target);
    return new CoreV1Event()
        .apiVersion("v1")
        .kind("Event")
        .metadata(new V1ObjectMeta().namespace(namespace).name(series.eventName()))
        .involvedObject(
            new V1ObjectReference()
                .apiVersion(target.apiVersion())
                .kind(target.kind())
                .namespace(target.namespace().isEmpty() ? null : target.namespace())
                .name(target.name())
                .uid(target.uid()))
        .type(key.type().word())
        .reason(key.reason())
        .message(key.message())
        .count(write.count())
        .firstTimestamp(time(write.first()))
        .lastTimestamp(time(write.last()))
        .source(new V1EventSource().component(source.component()))
        .reportingComponent(source.component())
        .reportingInstance(source.instance());
  }

  /** A merge patch. */
  static String countUp(Series.Write.CountUp write) {
    return KubeJson.write(new CoreV1EventCount(write.count(), time(write.last())));
  }

  static String shortened(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE - 3) + "...";
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private record CoreV1EventCount(int count, OffsetDateTime lastTimestamp) {}
}
