package io.viking.scheduler.zone;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Zones that failed a pod not long ago: its instance had to be made elsewhere. They are used last
 * until they have cooled down. Confined to one thread.
 */
public final class Troubles {
  private final Duration coolDown;
  private final Map<String, Instant> until = new HashMap<>();

  public Troubles(Duration coolDown) {
    this.coolDown = coolDown;
  }

  public void note(String zone, Instant now) {
    until.put(zone, now.plus(coolDown));
  }

  public boolean isHot(String zone, Instant now) {
    Instant end = until.get(zone);
    return end != null && now.isBefore(end);
  }
}
