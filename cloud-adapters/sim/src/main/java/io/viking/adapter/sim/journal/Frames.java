package io.viking.adapter.sim.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.viking.adapter.sim.state.Record;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * Records as bytes: length (4 bytes, big endian), CRC-32C of the content (4 bytes), content.
 *
 * <p>The CRC does not cover the length, so a frame that runs past the end of the file may be one
 * that was being written, or one in the middle whose length is damaged. What tells them apart is
 * what follows: nothing was ever written behind a torn frame, so a whole frame anywhere behind says
 * that this one was whole as well.
 */
final class Frames {
  private static final int HEAD = 8;

  private Frames() {}

  /**
   * The records of a file.
   *
   * @param bytes length of what is whole; the rest is a record that was being written
   */
  record Content(List<Record> records, int bytes) {}

  static ByteBuffer encode(Record record) {
    byte[] content = record.toByteArray();
    return ByteBuffer.allocate(HEAD + content.length)
        .putInt(content.length)
        .putInt(crc(ByteBuffer.wrap(content)))
        .put(content)
        .flip();
  }

  /**
   * Reads records up to the end, or up to one that was torn: one that is not whole and has no whole
   * one behind it.
   *
   * @throws JournalException for damage anywhere else, since what follows would be lost
   */
  static Content decode(ByteBuffer bytes, Path file) throws JournalException {
    List<Record> records = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int start = bytes.position();
      Optional<ByteBuffer> content = whole(bytes, start);
      if (content.isEmpty()) {
        OptionalInt next = wholeAfter(bytes, start);
        if (next.isPresent()) {
          throw damaged(file, start, records, "whole records follow from byte " + next.getAsInt());
        }
        return new Content(records, start);
      }
      bytes.position(start + HEAD + content.get().remaining());
      try {
        records.add(Record.parseFrom(content.get()));
      } catch (InvalidProtocolBufferException e) {
        throw damaged(file, start, records, "a whole record that is none of this version's");
      }
    }
    return new Content(records, bytes.position());
  }

  /** The content of the frame that begins there, if it ends within the file and its CRC holds. */
  private static Optional<ByteBuffer> whole(ByteBuffer bytes, int start) {
    if (bytes.limit() - start < HEAD) {
      return Optional.empty();
    }
    int length = bytes.getInt(start);
    if (length <= 0 || length > bytes.limit() - start - HEAD) {
      return Optional.empty();
    }
    ByteBuffer content = bytes.slice(start + HEAD, length);
    return crc(content.duplicate()) == bytes.getInt(start + 4)
        ? Optional.of(content)
        : Optional.empty();
  }

  /**
   * Where the next whole frame begins. Tries every byte, since a damaged length does not say where
   * the next one would be; few of them look like a length that fits, so few contents are summed.
   */
  private static OptionalInt wholeAfter(ByteBuffer bytes, int start) {
    return IntStream.range(start + 1, bytes.limit())
        .filter(at -> whole(bytes, at).isPresent())
        .findFirst();
  }

  private static int crc(ByteBuffer content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return (int) crc.getValue();
  }

  private static JournalException damaged(Path file, int offset, List<Record> before, String how) {
    String cut =
        before.stream().anyMatch(Record::hasEnd)
            ? ", or cut it there to keep what came before (truncate -s " + offset + " " + file + ")"
            : "";
    return new JournalException(
        "the simulated cloud's state "
            + file
            + " is damaged at byte "
            + offset
            + " ("
            + how
            + "): restore the file from a copy"
            + cut
            + ", or remove it to begin with an empty cloud");
  }
}
