package io.viking.syncer.pods.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.cloud.errors.CloudFailure;
import io.viking.cloud.v1.ErrorReason;
import io.viking.kube.loop.Step;
import io.viking.syncer.pods.files.FilesEvent.Outcome;
import io.viking.syncer.pods.files.FilesEvent.Sight;
import io.viking.syncer.pods.files.FilesEvent.Version;
import io.viking.syncer.pods.manifest.ContentDigest;
import io.viking.syncer.pods.manifest.FileFacts;
import io.viking.syncer.pods.manifest.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens in whatever order: once it is quiet, every instance has the files as they are,
 * and nothing ever reached another pod's instance.
 *
 * <p>Pods come, go and come again under their names, instances end, ConfigMaps change, go and come
 * back, watches have gaps, calls are late, refused, or lost after they were done, and the process
 * is killed. {@code -Dviking.seeds=N} plays more seeds, {@code -Dviking.seed=S} one alone.
 */
class FilesSimulationTest {
  private static final int NAMES = 8;
  private static final int OBJECTS = 4;

  static LongStream seeds() {
    Long one = Long.getLong("viking.seed");
    return one != null
        ? LongStream.of(one)
        : LongStream.rangeClosed(1, Integer.getInteger("viking.seeds", 200));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anySchedule_endsWithTheLatestFiles(long seed) {
    try {
      new World(seed).play();
    } catch (AssertionError | RuntimeException broken) {
      throw new AssertionError(
          "seed " + seed + " (replay with -Dviking.seed=" + seed + "): " + broken.getMessage(),
          broken);
    }
  }

  /** Something that happens at a time. */
  private record Happening(Instant at, long order, Runnable what) {}

  private static final class Running {
    private final V1Pod pod;
    private final Map<String, Long> files = new HashMap<>();
    private Optional<Instant> createdAt = Optional.empty();

    Running(V1Pod pod) {
      this.pod = pod;
    }
  }

  private static final class World {
    private static final Reference[] REFERENCES = new Reference[OBJECTS];

    static {
      for (int i = 0; i < OBJECTS; i++) {
        REFERENCES[i] = Reference.configMap("shop", "c" + i);
      }
    }

    private final Random random;
    private final PriorityQueue<Happening> happenings =
        new PriorityQueue<>(
            java.util.Comparator.comparing(Happening::at).thenComparingLong(Happening::order));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long order;
    private int generation;
    private long version = 1;
    private int made;
    private boolean troubled = true;
    private boolean watching = true;

    /** The API server: what exists, and what it holds. Old content comes back now and then. */
    private final Map<Reference, Long> objects = new LinkedHashMap<>();

    private final Map<Reference, Long> versions = new LinkedHashMap<>();

    /** The API server: pods by name. */
    private final Map<String, V1Pod> pods = new TreeMap<>();

    /** The cloud: instances by UID. */
    private final Map<String, Running> instances = new TreeMap<>();

    private FilesCore core = core();

    World(long seed) {
      this.random = new Random(seed);
      for (Reference reference : REFERENCES) {
        put(reference);
      }
    }

    void play() {
      start();
      for (int i = 0; i < 300; i++) {
        act();
        run(Duration.ofMillis(random.nextInt(4_000)));
      }
      troubled = false;
      if (!watching) {
        relist();
      }
      run(Duration.ofMinutes(20));
      instances.forEach(
          (uid, instance) -> {
            if (pods.containsValue(instance.pod)) {
              mounted(instance.pod)
                  .forEach(
                      reference -> {
                        if (objects.containsKey(reference)) {
                          assertThat(instance.files)
                              .as("files of %s, %s of version", uid, reference)
                              .containsEntry(reference.name(), objects.get(reference));
                        }
                      });
            }
          });
    }

    private void act() {
      switch (random.nextInt(11)) {
        case 0, 1, 2, 3 -> change(REFERENCES[random.nextInt(OBJECTS)]);
        case 4 -> delete(REFERENCES[random.nextInt(OBJECTS)]);
        case 5, 6 -> createPod("p" + random.nextInt(NAMES));
        case 7 -> deletePod("p" + random.nextInt(NAMES));
        case 8 -> endInstance();
        case 9 -> {
          if (watching) {
            watching = false;
          } else {
            relist();
          }
        }
        case 10 -> {
          if (random.nextInt(4) == 0) {
            restart();
          }
        }
        default -> throw new IllegalStateException();
      }
    }

    private void change(Reference reference) {
      put(reference);
      tell(new FilesEvent.Changed(new Version(reference, version(reference))));
    }

    private void put(Reference reference) {
      objects.put(reference, (long) random.nextInt(3));
      versions.put(reference, version++);
    }

    private void delete(Reference reference) {
      if (objects.remove(reference) != null) {
        tell(new FilesEvent.Deleted(reference));
      }
    }

    private void tell(FilesEvent event) {
      if (watching) {
        hear(event);
        if (random.nextInt(5) == 0) {
          hear(event);
        }
      }
    }

    private void relist() {
      watching = true;
      hear(new FilesEvent.Listing(Reference.Kind.CONFIG_MAP));
      hear(
          new FilesEvent.Present(
              objects.keySet().stream().map(r -> new Version(r, version(r))).toList()));
      hear(new FilesEvent.Listed(Reference.Kind.CONFIG_MAP));
    }

    private String version(Reference reference) {
      return Long.toString(versions.getOrDefault(reference, 0L));
    }

    private void createPod(String name) {
      if (pods.containsKey(name)) {
        return;
      }
      Reference reference = REFERENCES[random.nextInt(OBJECTS)];
      V1Pod pod =
          TestPods.pod(
              name,
              "{}",
              """
              "containers":[{"name":"main"}],"volumes":[
                {"name":"%1$s","configMap":{"name":"%1$s"}},{"name":"c0","configMap":{"name":"c0"}}]
              """
                  .formatted(reference.name()));
      pod.getMetadata().uid("uid-" + made++);
      pods.put(name, pod);
      hear(new FilesEvent.PodSeen(pod));
      createInstance(pod);
    }

    private void createInstance(V1Pod pod) {
      String uid = pod.getMetadata().getUid();
      int life = generation;
      later(
          2_000,
          () -> {
            if (!pods.containsValue(pod) || life != generation) {
              return;
            }
            if (!mounted(pod).stream().allMatch(objects::containsKey)) {
              createInstance(pod);
              return;
            }
            Map<String, Long> files = new HashMap<>();
            mounted(pod).forEach(r -> files.put(r.name(), objects.getOrDefault(r, 0L)));
            hear(new FilesEvent.Prepared(uid, facts(files)));
            later(
                2_000,
                () -> {
                  boolean created = !instances.containsKey(uid) && pods.containsValue(pod);
                  if (created) {
                    Running running = new Running(pod);
                    running.files.putAll(files);
                    running.createdAt = Optional.of(now);
                    instances.put(uid, running);
                  }
                  boolean answered = created && random.nextInt(4) > 0 && life == generation;
                  Runnable follower = () -> hear(seen(uid));
                  if (random.nextBoolean()) {
                    follower.run();
                  } else {
                    later(1_000, follower);
                  }
                  if (answered) {
                    hear(new FilesEvent.Created(uid));
                  }
                });
          });
    }

    private FilesEvent seen(String uid) {
      Running running = instances.get(uid);
      return running == null
          ? new FilesEvent.InstanceGone(uid)
          : new FilesEvent.InstanceSeen(new Sight(uid, true, running.createdAt));
    }

    private void deletePod(String name) {
      V1Pod pod = pods.remove(name);
      if (pod != null) {
        hear(new FilesEvent.PodGone(pod.getMetadata().getUid()));
        later(5_000, () -> instances.remove(pod.getMetadata().getUid()));
      }
    }

    private void endInstance() {
      List<String> uids = List.copyOf(instances.keySet());
      if (!uids.isEmpty()) {
        String uid = uids.get(random.nextInt(uids.size()));
        V1Pod pod = instances.remove(uid).pod;
        hear(new FilesEvent.InstanceGone(uid));
        if (random.nextBoolean()) {
          createInstance(pod);
        }
      }
    }

    /** The process is killed: its calls go on, their answers are for nobody. */
    private void restart() {
      generation++;
      core = core();
      start();
      List<V1Pod> without =
          pods.values().stream()
              .filter(pod -> !instances.containsKey(pod.getMetadata().getUid()))
              .toList();
      without.forEach(this::createInstance);
    }

    private void start() {
      watching = true;
      List<Runnable> lists =
          new ArrayList<>(
              List.of(
                  () -> pods.values().forEach(pod -> hear(new FilesEvent.PodSeen(pod))),
                  () ->
                      hear(
                          new FilesEvent.InstancesListed(
                              instances.entrySet().stream()
                                  .map(e -> new Sight(e.getKey(), true, e.getValue().createdAt))
                                  .toList())),
                  this::relist));
      java.util.Collections.shuffle(lists, random);
      lists.forEach(Runnable::run);
    }

    private void hear(FilesEvent... events) {
      Step<FilesEvent, FilesEffect> step = core.step(List.of(events), now);
      int life = generation;
      for (Step.Timer<FilesEvent> timer : step.timers()) {
        at(timer.at(), () -> ifAlive(life, timer.event()));
      }
      for (FilesEffect effect : step.effects()) {
        if (effect instanceof FilesEffect.Update update) {
          later(3_000, () -> perform(update, life));
        }
      }
    }

    private void ifAlive(int life, FilesEvent event) {
      if (life == generation) {
        hear(event);
      }
    }

    private void perform(FilesEffect.Update update, int life) {
      List<Outcome> outcomes = update.items().stream().map(this::perform).toList();
      later(3_000, () -> ifAlive(life, new FilesEvent.Answered(update.call(), outcomes)));
    }

    private Outcome perform(FilesEffect.Item item) {
      assertThat(item.pod().getMetadata().getUid()).isEqualTo(item.uid());
      if (troubled && random.nextInt(8) == 0) {
        return new Outcome.Unread("out of reach");
      }
      Map<String, Long> files = new HashMap<>();
      Optional<String> missing = Optional.empty();
      for (Reference reference : mounted(item.pod())) {
        if (objects.containsKey(reference)) {
          files.put(reference.name(), objects.get(reference));
        } else {
          missing = Optional.of(reference + " not found");
        }
      }
      FileFacts facts = facts(files);
      boolean sent =
          facts.digests().entrySet().stream()
              .anyMatch(e -> !e.getValue().equals(item.has().digests().get(e.getKey())));
      if (!sent) {
        return new Outcome.Current(facts, false, missing);
      }
      if (troubled && random.nextInt(4) == 0) {
        return refused();
      }
      Running running = instances.get(item.uid());
      if (running == null) {
        return new Outcome.Refused(
            CloudFailure.of(ErrorReason.ERROR_REASON_NOT_FOUND, "no such instance"),
            files.keySet());
      }
      assertThat(running.pod.getMetadata().getUid())
          .as("the update's pod")
          .isEqualTo(item.pod().getMetadata().getUid());
      running.files.putAll(files);
      // Done, and the answer says that it is not known.
      return troubled && random.nextInt(6) == 0
          ? new Outcome.Refused(
              CloudFailure.of(ErrorReason.ERROR_REASON_UNAVAILABLE, "lost"), files.keySet())
          : new Outcome.Current(facts, true, missing);
    }

    private Outcome refused() {
      List<ErrorReason> reasons =
          List.of(
              ErrorReason.ERROR_REASON_BUSY,
              ErrorReason.ERROR_REASON_THROTTLED,
              ErrorReason.ERROR_REASON_UNAVAILABLE,
              ErrorReason.ERROR_REASON_INTERNAL,
              ErrorReason.ERROR_REASON_NOT_FOUND);
      return new Outcome.Refused(
          CloudFailure.of(reasons.get(random.nextInt(reasons.size())), "not now"), Set.of());
    }

    private void run(Duration time) {
      Instant end = now.plus(time);
      while (!happenings.isEmpty() && !happenings.element().at().isAfter(end)) {
        Happening next = happenings.remove();
        now = next.at().isAfter(now) ? next.at() : now;
        next.what().run();
      }
      now = end;
    }

    private void later(int atMostMillis, Runnable what) {
      at(now.plusMillis(1 + random.nextInt(atMostMillis)), what);
    }

    private void at(Instant time, Runnable what) {
      happenings.add(new Happening(time, order++, what));
    }

    private static Set<Reference> mounted(V1Pod pod) {
      return io.viking.syncer.pods.manifest.PodReferences.of(pod).mounted();
    }

    private static FileFacts facts(Map<String, Long> files) {
      Map<String, ContentDigest> digests = new HashMap<>();
      files.forEach((name, v) -> digests.put(name, new ContentDigest(0, v)));
      return new FileFacts(digests, Optional.empty(), Set.of());
    }

    private static FilesCore core() {
      return new FilesCore(TestPods.ZONES, true, 3, FilesConfig.DEFAULT, FilesObserver.NONE);
    }
  }
}
