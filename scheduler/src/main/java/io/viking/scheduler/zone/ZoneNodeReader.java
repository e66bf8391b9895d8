package io.viking.scheduler.zone;

import io.kubernetes.client.openapi.models.V1Node;
import io.kubernetes.client.openapi.models.V1Taint;
import io.viking.scheduler.selector.Taint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the API's nodes into what the scheduler sees of them. */
public final class ZoneNodeReader {
  private ZoneNodeReader() {}

  public static ZoneNode read(V1Node node) {
    var metadata = Optional.ofNullable(node.getMetadata());
    var spec = Optional.ofNullable(node.getSpec());
    return new ZoneNode(
        metadata.map(m -> m.getName()).orElse(""),
        metadata.map(m -> m.getLabels()).orElse(Map.of()),
        spec.map(s -> s.getTaints()).orElse(List.of()).stream().map(ZoneNodeReader::taint).toList(),
        spec.map(s -> s.getUnschedulable()).orElse(false));
  }

  private static Taint taint(V1Taint taint) {
    return new Taint(text(taint.getKey()), text(taint.getValue()), text(taint.getEffect()));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
