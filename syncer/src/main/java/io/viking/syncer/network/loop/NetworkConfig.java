package io.viking.syncer.network.loop;

import io.viking.syncer.network.dns.DnsZones;
import io.viking.syncer.pods.lifecycle.Backoff;
import java.time.Duration;

/**
 * How patiently the network is kept in line.
 *
 * @param gather how long a change waits for others like it
 * @param spacing between two calls for one load balancer's backends, or for one Service's records,
 *     that are not full
 * @param resync between looks at all that the cloud has
 * @param albConfigs how long AlbConfigs are waited for, when all else is known: the resource may be
 *     absent
 * @param callDeadline of one call to the adapter
 * @param width calls of a kind at once
 * @param configuring between looks at a load balancer that the cloud is building
 * @param cloud between tries when the cloud is busy or does not answer, and of writes to the API
 *     server
 * @param human between tries when somebody must act: a quota, an account, a wrong annotation
 */
public record NetworkConfig(
    DnsZones zones,
    Duration gather,
    Duration spacing,
    Duration resync,
    Duration albConfigs,
    Duration callDeadline,
    int width,
    Backoff configuring,
    Backoff cloud,
    Backoff human) {
  public static final NetworkConfig DEFAULT =
      new NetworkConfig(
          DnsZones.DEFAULT,
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          8,
          new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5)),
          new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30)),
          new Backoff(Duration.ofSeconds(15), Duration.ofMinutes(5)));

  public NetworkConfig {
    if (gather.isNegative() || spacing.compareTo(gather) < 0) {
      throw new IllegalArgumentException(
          "gather must be from 0 to spacing (%s), is %s".formatted(spacing, gather));
    }
    if (!resync.isPositive() || !callDeadline.isPositive()) {
      throw new IllegalArgumentException(
          "resync and callDeadline must be above 0, are %s and %s".formatted(resync, callDeadline));
    }
    if (width < 1) {
      throw new IllegalArgumentException("width must be at least 1, is " + width);
    }
  }
}
