package io.viking.adapter.sim.network.serve;

import io.viking.adapter.sim.network.dns.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Messages of DNS to messages of DNS: an authoritative server that recurses for nobody. */
final class DnsReplies {
  /** What we take ourselves, and say in EDNS. */
  private static final int PAYLOAD = 1232;

  private static final int LEAST_DATAGRAM = 512;
  private static final int MOST_DATAGRAM = 4096;

  private final Scene scene;

  /** Answers begin with another record each time, so that who takes the first takes turns. */
  private final AtomicInteger rotation = new AtomicInteger();

  DnsReplies(Scene scene) {
    this.scene = scene;
  }

  /**
   * The reply to a query; empty: what came is no query.
   *
   * @param datagram whether the reply must fit into one, and else be marked as cut off
   */
  Optional<byte[]> reply(byte[] bytes, boolean datagram) {
    Message query;
    try {
      query = new Message(bytes);
    } catch (IOException e) {
      return malformed(bytes);
    }
    if (query.getHeader().getFlag(Flags.QR)) {
      return Optional.empty();
    }
    Message reply = new Message(query.getHeader().getID());
    Header header = reply.getHeader();
    header.setFlag(Flags.QR);
    header.setOpcode(query.getHeader().getOpcode());
    if (query.getHeader().getFlag(Flags.RD)) {
      header.setFlag(Flags.RD);
    }
    List<Record> questions = query.getSection(Section.QUESTION);
    questions.forEach(question -> reply.addRecord(question, Section.QUESTION));
    Optional<OPTRecord> edns = Optional.ofNullable(query.getOPT());
    int rcode = fill(query, questions, edns, reply);
    header.setRcode(rcode & 0xF);
    edns.ifPresent(
        ignored -> reply.addRecord(new OPTRecord(PAYLOAD, rcode >> 4, 0), Section.ADDITIONAL));
    return Optional.of(reply.toWire(most(edns, datagram)));
  }

  private static int most(Optional<OPTRecord> edns, boolean datagram) {
    return datagram
        ? edns.map(opt -> Math.clamp(opt.getPayloadSize(), LEAST_DATAGRAM, MOST_DATAGRAM))
            .orElse(LEAST_DATAGRAM)
        : Message.MAXLENGTH;
  }

  private int fill(Message query, List<Record> questions, Optional<OPTRecord> edns, Message reply) {
    if (query.getHeader().getOpcode() != Opcode.QUERY) {
      return Rcode.NOTIMP;
    }
    if (questions.size() != 1) {
      return Rcode.FORMERR;
    }
    if (edns.filter(opt -> opt.getVersion() > 0).isPresent()) {
      return Rcode.BADVERS;
    }
    Record question = questions.getFirst();
    boolean transfer = question.getType() == Type.AXFR || question.getType() == Type.IXFR;
    if (question.getDClass() != DClass.IN || transfer) {
      return Rcode.REFUSED;
    }
    Answer answer = scene.lookup(question.getName(), question.getType());
    if (answer.rcode() != Rcode.REFUSED) {
      reply.getHeader().setFlag(Flags.AA);
    }
    rotated(answer.answers()).forEach(record -> reply.addRecord(record, Section.ANSWER));
    answer.soa().ifPresent(soa -> reply.addRecord(soa, Section.AUTHORITY));
    answer.additional().forEach(record -> reply.addRecord(record, Section.ADDITIONAL));
    return answer.rcode();
  }

  /** Aliases keep their order, in front. */
  private List<Record> rotated(List<Record> answers) {
    List<Record> result = new ArrayList<>();
    List<Record> rest = new ArrayList<>();
    answers.forEach(record -> (record instanceof CNAMERecord ? result : rest).add(record));
    Collections.rotate(rest, rotation.getAndIncrement());
    result.addAll(rest);
    return result;
  }

  private static Optional<byte[]> malformed(byte[] bytes) {
    try {
      Header header = new Header(bytes);
      if (header.getFlag(Flags.QR)) {
        return Optional.empty();
      }
      Message reply = new Message(header.getID());
      reply.getHeader().setFlag(Flags.QR);
      reply.getHeader().setRcode(Rcode.FORMERR);
      return Optional.of(reply.toWire());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
