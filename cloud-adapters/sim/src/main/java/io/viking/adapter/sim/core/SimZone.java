package io.viking.adapter.sim.core;

import io.viking.adapter.sim.profile.ZoneProfile;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** A zone as it is now: its offers, its networks, and the images that it has seen. */
final class SimZone {
  final ZoneProfile profile;
  final Map<String, Offer> offers = new LinkedHashMap<>();
  final Map<String, AddressPool> pools = new LinkedHashMap<>();
  boolean available;

  private final int mostImages;
  private final LinkedHashSet<String> images = new LinkedHashSet<>();

  SimZone(ZoneProfile profile, int mostImages) {
    this.profile = profile;
    this.available = profile.available();
    this.mostImages = mostImages;
    profile.vswitches().forEach(vswitch -> pools.put(vswitch.id(), new AddressPool(vswitch)));
  }

  boolean hasImage(String image) {
    return images.contains(image);
  }

  void remember(String image) {
    images.remove(image);
    images.add(image);
    if (images.size() > mostImages) {
      images.removeFirst();
    }
  }

  /** Least recently used first. */
  List<String> images() {
    return List.copyOf(images);
  }
}
