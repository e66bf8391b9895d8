package io.viking.syncer;

import io.viking.syncer.pods.PodScope;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The zones that ever were in the catalog. One that left it still has its node and its pods, which
 * stay ours.
 */
final class ZoneScope implements PodScope {
  private final Set<String> zones = ConcurrentHashMap.newKeySet();
  private final String address;

  ZoneScope(String address) {
    this.address = address;
  }

  void add(Collection<String> zoneIds) {
    zones.addAll(zoneIds);
  }

  @Override
  public boolean isZone(String nodeName) {
    return zones.contains(nodeName);
  }

  @Override
  public String hostIp(String nodeName) {
    return address;
  }
}
