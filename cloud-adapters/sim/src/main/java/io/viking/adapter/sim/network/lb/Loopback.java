package io.viking.adapter.sim.network.lb;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/**
 * A loopback address for each load balancer, so that what its status shows can be dialled on this
 * machine. It comes from whose it is, so that two clouds on one machine seldom choose the same.
 * Intranet ones lie in 127.20 to 127.99, the others in 127.100 to 127.199.
 */
final class Loopback {
  private static final int INTRANET = 20;
  private static final int INTERNET = 100;
  private static final int TRIES = 1_000_000;

  private Loopback() {}

  /**
   * @param taken by another load balancer of this cloud
   */
  static String of(String whose, boolean intranet, Predicate<String> taken) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      String address = address(whose + "#" + attempt, intranet);
      if (!taken.test(address)) {
        return address;
      }
    }
    throw new IllegalStateException("no loopback address is left");
  }

  private static String address(String text, boolean intranet) {
    int hash = Hashing.murmur3_32_fixed().hashString(text, StandardCharsets.UTF_8).asInt();
    int second =
        intranet
            ? INTRANET + Math.floorMod(hash >>> 24, INTERNET - INTRANET)
            : INTERNET + Math.floorMod(hash >>> 24, 100);
    return "127." + second + "." + (hash >>> 16 & 255) + "." + (1 + Math.floorMod(hash & 255, 254));
  }

  /**
   * What an IPv6 load balancer shows. Loopback has one address of that version, so its sockets are
   * where the other is.
   */
  static String sixthOf(String loopback) {
    String[] bytes = loopback.split("\\.", -1);
    return "fd00:76::%x:%x"
        .formatted(
            Integer.parseInt(bytes[0]) << 8 | Integer.parseInt(bytes[1]),
            Integer.parseInt(bytes[2]) << 8 | Integer.parseInt(bytes[3]));
  }
}
