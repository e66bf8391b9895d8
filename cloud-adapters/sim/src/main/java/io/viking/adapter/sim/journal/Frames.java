package io.viking.adapter.sim.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.viking.adapter.sim.state.Record;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Records as bytes: length (4 bytes, big endian), CRC-32C of the content (4 bytes), content. */
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
   * Reads records up to the end, or up to one that was torn: one that runs past the end of the
   * file, is damaged and the last, or is followed by zeros alone.
   *
   * @throws JournalException for damage anywhere else, since what follows would be lost
   */
  static Content decode(ByteBuffer bytes, Path file) throws JournalException {
    List<Record> records = new ArrayList<>();
    while (bytes.remaining() >= HEAD) {
      int start = bytes.position();
      int length = bytes.getInt();
      int crc = bytes.getInt();
      if (length <= 0 || length > bytes.remaining()) {
        if (length > 0 || zeros(bytes)) {
          return new Content(records, start);
        }
        throw damaged(file, start);
      }
      ByteBuffer content = bytes.slice(bytes.position(), length);
      bytes.position(bytes.position() + length);
      if (crc(content.duplicate()) != crc) {
        if (!bytes.hasRemaining() || zeros(bytes)) {
          return new Content(records, start);
        }
        throw damaged(file, start);
      }
      try {
        records.add(Record.parseFrom(content));
      } catch (InvalidProtocolBufferException e) {
        throw damaged(file, start);
      }
    }
    return new Content(records, bytes.position());
  }

  private static boolean zeros(ByteBuffer bytes) {
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      if (bytes.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static int crc(ByteBuffer content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return (int) crc.getValue();
  }

  private static JournalException damaged(Path file, int offset) {
    return new JournalException(
        "the simulated cloud's state "
            + file
            + " is damaged at byte "
            + offset
            + ": restore the file from a copy, or remove it to begin with an empty cloud");
  }
}
