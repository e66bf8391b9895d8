package io.viking.scheduler.filter;

import io.viking.cloud.v1.InstanceType;
import io.viking.scheduler.pod.Bid;
import io.viking.scheduler.pod.PodShape;
import io.viking.scheduler.type.TypeLabels;
import io.viking.scheduler.volume.VolumeNeeds;
import io.viking.scheduler.zone.Site;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a group asks of a zone.
 *
 * @param types in the order in which the cloud tries them; at least one
 * @param impliedTypes the cloud comes to these by itself
 * @param volumes what the pods' claims ask for
 */
public record Request(
    PodShape shape, List<InstanceType> types, boolean impliedTypes, VolumeNeeds volumes) {
  private static final int SHOWN = 5;

  public Request {
    types = List.copyOf(types);
  }

  public Request(PodShape shape, List<InstanceType> types) {
    this(shape, types, true, VolumeNeeds.NONE);
  }

  /** Empty: the pod is bought on demand. */
  public Optional<Bid> bid() {
    return shape.cloud().bid();
  }

  /** Whether the zone sells the type and the pod may become it there. */
  public boolean canBuy(Site site, InstanceType type) {
    return site.shelf().sells(type.getName()) && !isBarred(site, type);
  }

  /** Whether the pod's rules on nodes keep it from becoming the type in that zone. */
  public boolean isBarred(Site site, InstanceType type) {
    return TypeLabels.areRequired(shape.nodes()) && !TypeLabels.allow(shape.nodes(), site, type);
  }

  /** "2-4Gi" or "ecs.c6.large, ecs.g6.large"; the first few of many. */
  public String typeNames() {
    String first =
        types.stream().limit(SHOWN).map(InstanceType::getName).collect(Collectors.joining(", "));
    return types.size() > SHOWN ? first + " and " + (types.size() - SHOWN) + " more" : first;
  }
}
