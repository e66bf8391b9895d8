package io.viking.adapter.sim.spec;

import io.viking.adapter.sim.profile.SimProfile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An image reference taken apart.
 *
 * @param host of the registry; docker.io if the reference names none
 * @param parts of the repository, and the tag if there is one
 */
record ImageName(String host, List<String> parts) {
  static ImageName parse(String image) {
    String rest = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
    String host = "docker.io";
    int slash = rest.indexOf('/');
    if (slash > 0) {
      String first = rest.substring(0, slash);
      if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
        host = first;
        rest = rest.substring(slash + 1);
      }
    }
    int colon = rest.lastIndexOf(':');
    List<String> parts =
        new ArrayList<>(Arrays.asList((colon < 0 ? rest : rest.substring(0, colon)).split("/")));
    if (colon >= 0) {
      parts.add(rest.substring(colon + 1));
    }
    return new ImageName(host.contains(":") ? host.substring(0, host.indexOf(':')) : host, parts);
  }

  boolean missing(SimProfile.Images images) {
    return images.missingParts().stream().anyMatch(parts::contains)
        || images.missingHosts().stream().anyMatch(this::hostIs);
  }

  private boolean hostIs(String pattern) {
    return pattern.startsWith("*.") ? host.endsWith(pattern.substring(1)) : host.equals(pattern);
  }
}
