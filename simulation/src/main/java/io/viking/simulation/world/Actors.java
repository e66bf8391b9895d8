package io.viking.simulation.world;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.KubeApi;
import io.viking.kube.client.PatchFormat;
import io.viking.simulation.api.Present;
import io.viking.syncer.pods.lifecycle.PodObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Everybody else: users of the cluster, its controllers, and what happens to processes. */
final class Actors {
  private static final int NAMES = 28;
  private static final int URGENT_PODS = 2;
  static final int LONGEST_TROUBLE_MILLIS = 90_000;

  private final World world;
  private final SplittableRandom random;
  private final FrontActors fronts;
  private final CloudActors operators;
  private int labels;
  private int urgent;

  Actors(World world, SplittableRandom random) {
    this.world = world;
    this.random = random;
    this.fronts = new FrontActors(world, random.split());
    this.operators = new CloudActors(world, random.split());
  }

  /** Does one thing. */
  void act() {
    switch (random.nextInt(50)) {
      case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 -> create(anyName());
      case 14, 15, 16, 17, 18, 19 -> delete(anyName(), KubeApi.OWN_GRACE);
      case 20, 21 -> delete(anyName(), 1 + random.nextInt(10));
      case 22, 23 -> delete(anyName(), 0);
      case 24 -> {
        // Made again under its name in the same moment.
        String name = anyName();
        delete(name, 0);
        create(name);
      }
      case 25 -> evict(anyName());
      case 26, 27 -> label(anyName());
      case 28 -> toggleOwner();
      case 29, 30, 31, 46, 47, 48 -> operators.act();
      case 32 -> world.syncer().cutPods(pause());
      case 33 -> world.scheduler().cutPods(pause());
      case 34 -> world.syncer().cutInstances(pause());
      case 35 -> world.syncer().loseCloud(pause());
      case 36 -> world.scheduler().loseCatalog(pause());
      case 37 -> compact();
      case 38 -> world.restartSyncer();
      case 39, 40, 41 -> fronts.act();
      case 42 -> world.network().cutServices(pause());
      case 43 -> world.network().cutSlices(pause());
      case 44 -> world.network().cutIngresses(pause());
      case 45 -> world.restartNetwork();
      default -> world.restartScheduler();
    }
  }

  /**
   * Pods of high priority in the place of the former ones: they must run, whoever goes for them.
   */
  void createUrgent() {
    for (int i = 0; i < URGENT_PODS; i++) {
      delete("urgent-" + (urgent - URGENT_PODS + i), KubeApi.OWN_GRACE);
    }
    for (int i = 0; i < URGENT_PODS; i++) {
      create("urgent-" + urgent++, Templates.URGENT);
    }
  }

  /** The user deletes a pod that runs and is as unimportant as any. */
  void deleteOneOfTheLowest() {
    world.pods().stream()
        .filter(pod -> PodObject.phase(pod).equals("Running"))
        .min(Comparator.comparingInt(Crowding::priority))
        .ifPresent(pod -> delete(PodObject.ref(pod).name(), KubeApi.OWN_GRACE));
  }

  /** The user makes a deployment: some pods at once. */
  void createSome(int count, int template) {
    for (int i = 0; i < count; i++) {
      create("some-" + i, template);
    }
  }

  /**
   * What controllers do, until they find nothing more: the job controller has counted what has
   * ended, the pods' garbage collector ends what goes without ever having had a node, and the other
   * one deletes what has lost its owner.
   */
  void control() {
    for (V1Pod pod : List.copyOf(world.pods())) {
      var finalizers = Present.metadata(pod).getFinalizers();
      boolean hasEnded =
          PodObject.isTerminal(pod)
              || (PodObject.isDeleting(pod) && PodObject.nodeName(pod).isEmpty());
      if (hasEnded && finalizers != null && !finalizers.isEmpty()) {
        patch(PodObject.ref(pod).name(), "{\"metadata\":{\"finalizers\":null}}");
      }
    }
    world.invariants.byOthers(world.api::collectGarbage);
  }

  /** The user deletes everything, in peace. */
  void deleteAll() {
    for (V1Pod pod : List.copyOf(world.pods())) {
      delete(PodObject.ref(pod).name(), KubeApi.OWN_GRACE);
    }
  }

  /** All troubles that an operator can end are over. */
  void restoreCloud() {
    operators.restore();
  }

  private void create(String name) {
    create(name, random.nextInt(Templates.count()));
  }

  private void create(String name, int template) {
    Templates.pod(template, name, owner())
        .ifPresent(
            pod ->
                world.user(
                    "creates %s",
                    name, () -> world.api.create(ResourceType.PODS, Templates.NAMESPACE, pod)));
  }

  private void delete(String name, long grace) {
    find(name)
        .ifPresent(
            pod ->
                world.user(
                    "deletes %s, grace " + grace,
                    name,
                    () ->
                        world.api.delete(
                            ResourceType.PODS,
                            Templates.NAMESPACE,
                            name,
                            PodObject.ref(pod).uid(),
                            grace)));
  }

  private void evict(String name) {
    find(name)
        .ifPresent(
            pod ->
                world.user(
                    "evicts %s",
                    name,
                    () -> world.api.evict(Templates.NAMESPACE, name, PodObject.ref(pod).uid())));
  }

  private void label(String name) {
    if (find(name).isPresent()) {
      patch(name, "{\"metadata\":{\"labels\":{\"touched\":\"%d\"}}}".formatted(++labels));
    }
  }

  private void patch(String name, String json) {
    world.user(
        "patches %s: " + json,
        name,
        () ->
            world.api.patch(
                ResourceType.PODS, Templates.NAMESPACE, name, "", PatchFormat.MERGE, json));
  }

  private Optional<V1ObjectMeta> owner() {
    return world
        .api
        .get(ResourceType.CONFIG_MAPS, Templates.NAMESPACE, Templates.OWNER)
        .map(V1ConfigMap::getMetadata);
  }

  /** Makes the owner of pods, or deletes it, and with it the pods. */
  private void toggleOwner() {
    Optional<V1ObjectMeta> owner = owner();
    if (owner.isEmpty()) {
      world.user(
          "creates the ConfigMap %s",
          Templates.OWNER,
          () ->
              world.api.create(
                  ResourceType.CONFIG_MAPS,
                  Templates.NAMESPACE,
                  new V1ConfigMap().metadata(new V1ObjectMeta().name(Templates.OWNER))));
    } else if (random.nextInt(4) == 0) {
      world.user(
          "deletes the ConfigMap %s",
          Templates.OWNER,
          () ->
              world.api.delete(
                  ResourceType.CONFIG_MAPS,
                  Templates.NAMESPACE,
                  Templates.OWNER,
                  String.valueOf(owner.get().getUid()),
                  0));
    }
  }

  private void compact() {
    world.trace.note(() -> "both servers forget their changes");
    world.api.log(ResourceType.PODS).compact(world.api.revision());
    world.cloud.log().compact(world.cloud.revision());
  }

  private Optional<V1Pod> find(String name) {
    return world.api.get(ResourceType.PODS, Templates.NAMESPACE, name);
  }

  private String anyName() {
    return "pod-" + random.nextInt(NAMES);
  }

  private long pause() {
    return random.nextInt(random.nextInt(4) == 0 ? LONGEST_TROUBLE_MILLIS : 4000);
  }
}
