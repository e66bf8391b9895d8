package io.viking.adapter.sim.network.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.net.InetAddresses;
import io.viking.adapter.sim.network.dns.Answer;
import io.viking.adapter.sim.network.lb.Traffic.Door;
import io.viking.adapter.sim.network.lb.Traffic.Doors;
import io.viking.cloud.v1.Backend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class DnsRepliesTest {
  private static final Name NAME = Name.fromConstantString("web.default.svc.cluster.local.");

  private final List<Record> found = new ArrayList<>();
  private final DnsReplies replies = new DnsReplies(new FakeScene());

  @Test
  void reply_repeatsTheQuestion_andIsAuthoritative() throws IOException {
    found.add(address(1));

    Message reply = ask(query(Type.A), true);

    assertThat(reply.getHeader().getFlag(Flags.QR)).isTrue();
    assertThat(reply.getHeader().getFlag(Flags.AA)).isTrue();
    assertThat(reply.getHeader().getFlag(Flags.RD)).as("as it came").isTrue();
    assertThat(reply.getHeader().getFlag(Flags.RA)).isFalse();
    assertThat(reply.getQuestion().getName()).isEqualTo(NAME);
    assertThat(reply.getSection(Section.ANSWER)).containsExactly(address(1));
  }

  @Test
  void answers_takeTurnsAtTheFront() throws IOException {
    IntStream.range(0, 3).mapToObj(DnsRepliesTest::address).forEach(found::add);

    List<Record> first = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      first.add(ask(query(Type.A), true).getSection(Section.ANSWER).getFirst());
    }

    assertThat(first).containsExactlyInAnyOrderElementsOf(found);
  }

  @Test
  void datagram_isCutOff_atWhatTheCallerTakes_andTheStreamIsWhole() throws IOException {
    IntStream.range(0, 200).mapToObj(DnsRepliesTest::address).forEach(found::add);

    Message plain = ask(query(Type.A), true);
    assertThat(plain.getHeader().getFlag(Flags.TC)).isTrue();
    assertThat(plain.numBytes()).isLessThanOrEqualTo(512);
    Message large = query(Type.A);
    large.addRecord(new OPTRecord(4096, 0, 0), Section.ADDITIONAL);
    assertThat(ask(large, true).getHeader().getFlag(Flags.TC)).isFalse();

    Message stream = ask(query(Type.A), false);
    assertThat(stream.getHeader().getFlag(Flags.TC)).isFalse();
    assertThat(stream.getSection(Section.ANSWER)).hasSize(200);
  }

  @Test
  void whatIsNotServed_isRefusedInItsOwnWay() throws IOException {
    assertThat(ask(query(Type.AXFR), false).getRcode()).isEqualTo(Rcode.REFUSED);
    Message update = query(Type.A);
    update.getHeader().setOpcode(Opcode.UPDATE);
    assertThat(ask(update, true).getRcode()).isEqualTo(Rcode.NOTIMP);
    Message two = query(Type.A);
    two.addRecord(Record.newRecord(NAME, Type.AAAA, DClass.IN), Section.QUESTION);
    assertThat(ask(two, true).getRcode()).isEqualTo(Rcode.FORMERR);
    Message later = query(Type.A);
    later.addRecord(new OPTRecord(1232, 0, 1), Section.ADDITIONAL);
    assertThat(ask(later, true).getRcode()).isEqualTo(Rcode.BADVERS);
  }

  @Test
  void garbage_isAFormatError_andAReplyIsNotAnswered() throws IOException {
    byte[] cut = java.util.Arrays.copyOf(query(Type.A).toWire(), 20);
    assertThat(new Message(replies.reply(cut, true).orElseThrow()).getRcode())
        .isEqualTo(Rcode.FORMERR);
    assertThat(replies.reply(new byte[] {1, 2, 3}, true)).isEmpty();
    Message reply = query(Type.A);
    reply.getHeader().setFlag(Flags.QR);
    assertThat(replies.reply(reply.toWire(), true)).isEmpty();
  }

  private Message ask(Message query, boolean datagram) throws IOException {
    Message reply = new Message(replies.reply(query.toWire(), datagram).orElseThrow());
    assertThat(reply.getHeader().getID()).isEqualTo(query.getHeader().getID());
    return reply;
  }

  private static Message query(int type) {
    return Message.newQuery(Record.newRecord(NAME, type, DClass.IN));
  }

  private static Record address(int host) {
    return new ARecord(NAME, DClass.IN, 60, InetAddresses.forString("10.1.0." + host));
  }

  private final class FakeScene implements Scene {
    @Override
    public Doors doors() {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Backend> backends(Door door, String group) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<SimulatedPod> pod(Door door, Backend backend) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Answer lookup(Name name, int type) {
      return new Answer(Rcode.NOERROR, List.copyOf(found), List.of(), Optional.empty());
    }
  }
}
