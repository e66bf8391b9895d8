package io.viking.kube.profile;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.viking.kube.cache.CacheEvent;
import io.viking.kube.cache.ObjectCache;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.client.Selection;
import io.viking.kube.events.EventRecorder;
import io.viking.kube.events.EventTarget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the ConfigMap {@code kube-system/eci-profile}; what changes in it takes effect at once,
 * for pods that have no instance yet.
 *
 * <p>One that is not as it must be is told (a warning event on it, the log, a metric), and the
 * profile before stays in force. At the start there is none before: then what can be understood of
 * it holds, which is more than nothing. Without the ConfigMap there is no profile.
 */
public final class ProfileFollower implements ProfileSource {
  public static final String NAMESPACE = "kube-system";
  public static final String NAME = "eci-profile";

  private static final Logger log = LoggerFactory.getLogger(ProfileFollower.class);

  private final ObjectCache<V1ConfigMap> cache;
  private final EventRecorder events;
  private final Counter changes;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Optional<ClusterProfile> current = Optional.empty();
  private volatile boolean invalid;

  /**
   * @param cache of {@link #selection}; the caller's to start and to close
   */
  public ProfileFollower(
      ObjectCache<V1ConfigMap> cache, EventRecorder events, MeterRegistry meters) {
    this.cache = cache;
    this.events = events;
    this.changes =
        Counter.builder("viking_profile_changes_total")
            .description("Times that another cluster profile took effect.")
            .register(meters);
    Gauge.builder("viking_profile_invalid", this, self -> self.invalid ? 1 : 0)
        .description("1 while the ConfigMap eci-profile is not as it must be, and not in force.")
        .register(meters);
  }

  /** The one ConfigMap that is followed. */
  public static Selection selection() {
    return Selection.namespace(NAMESPACE).withFields("metadata.name=" + NAME);
  }

  /** Begins to follow; once only. Listeners should have been added. */
  public void start() {
    cache.subscribe(this::heard);
  }

  @Override
  public Optional<ClusterProfile> current() {
    return current;
  }

  @Override
  public Subscription onChange(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void heard(CacheEvent<V1ConfigMap> event) {
    switch (event) {
      case CacheEvent.Added<V1ConfigMap>(V1ConfigMap map) -> read(map);
      case CacheEvent.Updated<V1ConfigMap>(V1ConfigMap _, V1ConfigMap map) -> read(map);
      case CacheEvent.Deleted<V1ConfigMap>(V1ConfigMap _, boolean _) -> {
        invalid = false;
        take(ClusterProfile.NONE);
      }
      case CacheEvent.Synced<V1ConfigMap>() -> {
        if (current.isEmpty()) {
          take(ClusterProfile.NONE);
        }
      }
    }
  }

  private void read(V1ConfigMap map) {
    Map<String, String> data = map.getData();
    ProfileReader.Reading reading = ProfileReader.read(data == null ? Map.of() : data);
    EventTarget target = EventTarget.of(ResourceType.CONFIG_MAPS, map);
    if (!reading.unknown().isEmpty()) {
      events.warning(
          target,
          "UnknownProfileKey",
          "not known, and without effect: " + String.join(", ", reading.unknown()));
    }
    invalid = !reading.flaws().isEmpty();
    if (!invalid) {
      take(reading.profile());
      return;
    }
    String flaws = String.join("; ", reading.flaws());
    String consequence =
        current.isPresent()
            ? "the profile before stays in force"
            : "there is none before, so that the rest of it holds";
    log.warn("ConfigMap {}/{}: {}; {}", NAMESPACE, NAME, flaws, consequence);
    events.warning(target, "InvalidProfile", flaws + "; " + consequence);
    if (current.isEmpty()) {
      take(reading.profile());
    }
  }

  private void take(ClusterProfile profile) {
    if (current.equals(Optional.of(profile))) {
      return;
    }
    boolean isFirst = current.isEmpty();
    current = Optional.of(profile);
    if (!isFirst || !profile.equals(ClusterProfile.NONE)) {
      changes.increment();
      log.info(
          "ConfigMap {}/{}: in force, with {} defaults and {} selectors",
          NAMESPACE,
          NAME,
          profile.defaults().size(),
          profile.rules().size());
    }
    listeners.forEach(Runnable::run);
  }
}
