package io.viking.scheduler.pod;

import com.google.common.base.Splitter;
import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what a placed pod asks of the cloud, and what the cloud said to it. Equal orders come out
 * as one object. Safe for all threads.
 */
final class OrderReader {
  private static final Splitter LIST = Splitter.on(',').trimResults().omitEmptyStrings();

  private final Interner<Order> orders = Interners.newWeakInterner();

  /**
   * @param node that the pod is bound to
   * @param created its condition ContainerInstanceCreated, if it has one
   */
  Order read(
      V1PodSpec spec,
      Map<String, String> annotations,
      String node,
      Optional<V1PodCondition> created) {
    List<String> zones = list(annotations, Order.ZONES_ANNOTATION);
    return orders.intern(
        new Order(
            node,
            zones.isEmpty() ? List.of(node) : zones,
            list(annotations, Order.TYPES_ANNOTATION),
            CloudWishesReader.read(annotations).wishes(),
            NeedsReader.requests(spec),
            NeedsReader.ceiling(spec),
            created
                .filter(condition -> "False".equals(condition.getStatus()))
                .map(condition -> Refusal.of(Absent.text(condition.getReason())))
                .orElse(Refusal.NONE)));
  }

  private static List<String> list(Map<String, String> annotations, String key) {
    return LIST.splitToList(annotations.getOrDefault(key, ""));
  }
}
