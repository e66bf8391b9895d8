package io.viking.syncer.kubelet.usage;

import java.time.Instant;
import java.util.function.ToLongFunction;

/**
 * {@code /metrics/resource} in Prometheus' text format: the families and labels of the kubelet's,
 * in its order, so that metrics-server and dashboards take them for it. Pure.
 *
 * <p>metrics-server drops a node, or a whole pod, of which it reads a 0. A zone without pods and a
 * container that has not used a nanosecond yet are real here, so the least that is told is one
 * nanosecond and one byte.
 */
public final class ResourceMetrics {
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /** Of one line, roughly: the text is built without growing often. */
  private static final int LINE = 160;

  private static final int LINES_PER_POD = 6;
  private static final long NANOS = 1_000_000_000;

  private ResourceMetrics() {}

  public static String write(NodeSample node) {
    var text = new StringBuilder(4_096 + node.pods().size() * LINES_PER_POD * LINE);
    containers(
        text,
        "container_cpu_usage_seconds_total",
        "Cumulative cpu time consumed by the container in core-seconds",
        "counter",
        node,
        (out, container) -> seconds(out, Math.max(1, container.cpuNanoseconds())),
        true);
    containers(
        text,
        "container_memory_working_set_bytes",
        "Current working set of the container in bytes",
        "gauge",
        node,
        (out, container) -> out.append(Math.max(1, container.memoryWorkingSetBytes())),
        true);
    containers(
        text,
        "container_start_time_seconds",
        "Start time of the container since unix epoch in seconds",
        "gauge",
        node,
        (out, container) -> seconds(out, nanoseconds(container.start())),
        false);
    head(
        text,
        "node_cpu_usage_seconds_total",
        "Cumulative cpu time consumed by the node in core-seconds",
        "counter");
    seconds(text.append("node_cpu_usage_seconds_total "), Math.max(1, node.cpuNanoseconds()));
    end(text, node.time());
    head(
        text, "node_memory_working_set_bytes", "Current working set of the node in bytes", "gauge");
    text.append("node_memory_working_set_bytes ").append(Math.max(1, node.memoryWorkingSetBytes()));
    end(text, node.time());
    pods(
        text,
        "pod_cpu_usage_seconds_total",
        "Cumulative cpu time consumed by the pod in core-seconds",
        "counter",
        node,
        PodSample::cpuNanoseconds,
        true);
    pods(
        text,
        "pod_memory_working_set_bytes",
        "Current working set of the pod in bytes",
        "gauge",
        node,
        PodSample::memoryWorkingSetBytes,
        false);
    error(text, "resource_scrape_error", node);
    error(text, "scrape_error", node);
    return text.toString();
  }

  private interface Value {
    void append(StringBuilder out, ContainerSample container);
  }

  private static void containers(
      StringBuilder text,
      String name,
      String help,
      String type,
      NodeSample node,
      Value value,
      boolean timed) {
    head(text, name, help, type);
    for (PodSample pod : node.pods()) {
      for (ContainerSample container : pod.containers()) {
        text.append(name)
            .append("{container=\"")
            .append(container.name())
            .append("\",namespace=\"");
        text.append(pod.namespace()).append("\",pod=\"").append(pod.name()).append("\"} ");
        value.append(text, container);
        if (timed) {
          end(text, pod.time());
        } else {
          text.append('\n');
        }
      }
    }
  }

  private static void pods(
      StringBuilder text,
      String name,
      String help,
      String type,
      NodeSample node,
      ToLongFunction<PodSample> value,
      boolean isTime) {
    head(text, name, help, type);
    for (PodSample pod : node.pods()) {
      text.append(name).append("{namespace=\"").append(pod.namespace()).append("\",pod=\"");
      text.append(pod.name()).append("\"} ");
      long least = Math.max(1, value.applyAsLong(pod));
      if (isTime) {
        seconds(text, least);
      } else {
        text.append(least);
      }
      end(text, pod.time());
    }
  }

  private static void error(StringBuilder text, String name, NodeSample node) {
    head(
        text,
        name,
        "1 if there was an error while getting container metrics, 0 otherwise",
        "gauge");
    text.append(name).append(node.complete() ? " 0\n" : " 1\n");
  }

  private static void head(StringBuilder text, String name, String help, String type) {
    text.append("# HELP ").append(name).append(" [STABLE] ").append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void end(StringBuilder text, Instant time) {
    text.append(' ').append(time.toEpochMilli()).append('\n');
  }

  private static long nanoseconds(Instant time) {
    return time.getEpochSecond() * NANOS + time.getNano();
  }

  /** Decimal and exact; a double's text would be neither short nor fast. */
  private static void seconds(StringBuilder text, long nanoseconds) {
    text.append(nanoseconds / NANOS);
    long fraction = nanoseconds % NANOS;
    if (fraction == 0) {
      return;
    }
    text.append('.');
    for (long digit = NANOS / 10; fraction > 0; digit /= 10) {
      text.append((char) ('0' + fraction / digit));
      fraction %= digit;
    }
  }
}
