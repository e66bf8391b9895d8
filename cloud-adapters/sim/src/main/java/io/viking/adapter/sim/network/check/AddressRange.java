package io.viking.adapter.sim.network.check;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A network of client addresses, of IPv4 or IPv6.
 *
 * @param base an address in it
 * @param bits length of the prefix
 */
public record AddressRange(InetAddress base, int bits) {

  /** Empty unless the text is an address, a slash and a length that fits it. */
  public static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0 || !InetAddresses.isInetAddress(text.substring(0, slash))) {
      return Optional.empty();
    }
    InetAddress base = InetAddresses.forString(text.substring(0, slash));
    String length = text.substring(slash + 1);
    if (!length.matches("[0-9]{1,3}")
        || Integer.parseInt(length) > base.getAddress().length * Byte.SIZE) {
      return Optional.empty();
    }
    return Optional.of(new AddressRange(base, Integer.parseInt(length)));
  }

  /** Whether an address is in it; one of the other version is not. */
  public boolean contains(InetAddress address) {
    byte[] ours = base.getAddress();
    byte[] other = address.getAddress();
    if (ours.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if ((ours[bit / Byte.SIZE] & mask) != (other[bit / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }
}
