package io.viking.scheduler.filter;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.pod.PodShape;
import java.util.List;

/**
 * What a group asks of a zone.
 *
 * @param types in the order in which the cloud tries them; at least one
 */
public record Request(PodShape shape, List<InstanceType> types) {
  public Request {
    types = List.copyOf(types);
  }

  /** "2-4Gi" or "ecs.c6.large, ecs.g6.large". */
  public String typeNames() {
    return String.join(", ", types.stream().map(InstanceType::getName).toList());
  }
}
