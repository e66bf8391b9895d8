package io.viking.scheduler.pod;

import com.google.common.base.Splitter;
import io.kubernetes.client.openapi.models.V1PodSpec;
import java.util.List;
import java.util.Map;

/** Reads what a placed pod asks of the cloud. */
final class OrderReader {
  private static final Splitter LIST = Splitter.on(',').trimResults().omitEmptyStrings();

  private OrderReader() {}

  static Order read(V1PodSpec spec, Map<String, String> annotations) {
    String node = Absent.text(spec.getNodeName());
    List<String> zones = list(annotations, Order.ZONES_ANNOTATION);
    return new Order(
        node,
        zones.isEmpty() ? List.of(node) : zones,
        list(annotations, Order.TYPES_ANNOTATION),
        CloudWishesReader.read(annotations).wishes(),
        NeedsReader.requests(spec),
        NeedsReader.ceiling(spec));
  }

  private static List<String> list(Map<String, String> annotations, String key) {
    return LIST.splitToList(annotations.getOrDefault(key, ""));
  }
}
