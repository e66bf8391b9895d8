package io.viking.adapter.sim.network.dns;

import com.google.common.net.InetAddresses;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/**
 * What a query finds.
 *
 * @param rcode see {@link Rcode}
 * @param answers aliases in their order, then what they lead to
 * @param additional addresses of names in the answers
 * @param soa of a zone that says no
 */
public record Answer(
    int rcode,
    List<org.xbill.DNS.Record> answers,
    List<org.xbill.DNS.Record> additional,
    Optional<SOARecord> soa) {

  private static final int TTL = 60;

  /** Of a name in no zone of ours. */
  static final Answer REFUSED = new Answer(Rcode.REFUSED, List.of(), List.of(), Optional.empty());

  /** Of a name that has one address of IPv4 and nothing else. */
  public static Answer address(Name name, int type, String address) {
    boolean asked = type == Type.A || type == Type.ANY;
    return new Answer(
        Rcode.NOERROR,
        asked
            ? List.of(new ARecord(name, DClass.IN, TTL, InetAddresses.forString(address)))
            : List.of(),
        List.of(),
        asked ? Optional.empty() : Optional.of(Lookup.soa(name, TTL)));
  }
}
