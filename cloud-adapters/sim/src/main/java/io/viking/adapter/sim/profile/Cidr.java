package io.viking.adapter.sim.profile;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 network.
 *
 * @param base the network's address as a number
 * @param bits length of the prefix
 */
public record Cidr(int base, int bits) {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

  /** Empty unless the text is a network of 8 to 29 bits whose host part is zero. */
  public static Optional<Cidr> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int base = 0;
    for (int i = 1; i <= 4; i++) {
      int part = Integer.parseInt(matcher.group(i));
      if (part > 255) {
        return Optional.empty();
      }
      base = base << 8 | part;
    }
    int bits = Integer.parseInt(matcher.group(5));
    if (bits < 8 || bits > 29 || (base & (-1 >>> bits)) != 0) {
      return Optional.empty();
    }
    return Optional.of(new Cidr(base, bits));
  }

  public int size() {
    return 1 << (32 - bits);
  }

  /** The address at that offset, dotted. */
  public String address(int offset) {
    int a = base + offset;
    return (a >>> 24) + "." + (a >>> 16 & 255) + "." + (a >>> 8 & 255) + "." + (a & 255);
  }

  public boolean overlaps(Cidr other) {
    int shorter = -1 << (32 - Math.min(bits, other.bits));
    return (base & shorter) == (other.base & shorter);
  }

  @Override
  public String toString() {
    return address(0) + "/" + bits;
  }
}
