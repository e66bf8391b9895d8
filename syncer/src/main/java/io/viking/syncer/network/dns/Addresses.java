package io.viking.syncer.network.dns;

import com.google.common.net.InetAddresses;
import io.viking.cloud.v1.RecordType;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/** Addresses as the names and the values of records have them. */
final class Addresses {
  private Addresses() {}

  /** The name of an address in its reverse zone. */
  record Reverse(String zone, String name) {}

  /** A or AAAA; empty for what is no address. */
  static Optional<RecordType> typeOf(String address) {
    return parse(address)
        .map(
            parsed ->
                parsed instanceof Inet6Address
                    ? RecordType.RECORD_TYPE_AAAA
                    : RecordType.RECORD_TYPE_A);
  }

  static Optional<Reverse> reverse(String address) {
    return parse(address)
        .map(
            parsed ->
                parsed instanceof Inet6Address six
                    ? new Reverse(DnsZones.REVERSE_IPV6, nibbles(six.getAddress()))
                    : new Reverse(DnsZones.REVERSE_IPV4, octets(parsed.getAddress())));
  }

  /** The label of an endpoint without a host name: "10-1-0-7". */
  static String label(String address) {
    return parse(address)
        .map(InetAddresses::toAddrString)
        .orElse(address)
        .replace('.', '-')
        .replace(':', '-');
  }

  private static Optional<InetAddress> parse(String address) {
    return InetAddresses.isInetAddress(address)
        ? Optional.of(InetAddresses.forString(address))
        : Optional.empty();
  }

  private static String octets(byte[] bytes) {
    var name = new StringBuilder();
    for (int i = bytes.length - 1; i >= 0; i--) {
      name.append(bytes[i] & 0xff).append(i == 0 ? "" : ".");
    }
    return name.toString();
  }

  private static String nibbles(byte[] bytes) {
    var name = new StringBuilder();
    for (int i = bytes.length - 1; i >= 0; i--) {
      name.append(Character.forDigit(bytes[i] & 0xf, 16))
          .append('.')
          .append(Character.forDigit((bytes[i] >> 4) & 0xf, 16))
          .append(i == 0 ? "" : ".");
    }
    return name.toString();
  }
}
