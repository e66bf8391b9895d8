package io.viking.simulation.world;

import io.kubernetes.client.common.KubernetesObject;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.simulation.api.Present;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Users of Services and Ingresses, who make and delete them. */
final class FrontActors {
  private final World world;
  private final SplittableRandom random;

  FrontActors(World world, SplittableRandom random) {
    this.world = world;
    this.random = random;
  }

  /** Does one thing. */
  void act() {
    if (random.nextInt(3) == 0) {
      toggle(ResourceType.INGRESSES, any(Fronts.INGRESS_NAMES), Fronts::ingress);
    } else {
      toggle(ResourceType.SERVICES, any(Fronts.SERVICE_NAMES), Fronts::service);
    }
  }

  /** Makes one that is not there, and seldom deletes one that is. */
  private <T extends KubernetesObject> void toggle(
      ResourceType<T> type, String name, Function<String, T> made) {
    Optional<T> present = world.api.get(type, Templates.NAMESPACE, name);
    if (present.isEmpty()) {
      world.user(
          "creates " + type.kind() + " %s",
          name,
          () -> world.api.create(type, Templates.NAMESPACE, made.apply(name)));
    } else if (random.nextInt(3) == 0) {
      world.user(
          "deletes " + type.kind() + " %s",
          name,
          () ->
              world.api.delete(
                  type,
                  Templates.NAMESPACE,
                  name,
                  String.valueOf(Present.metadata(present.get()).getUid()),
                  KubeApi.OWN_GRACE));
    }
  }

  private String any(List<String> names) {
    return names.get(random.nextInt(names.size()));
  }
}
