package io.viking.adapter.sim.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.adapter.sim.state.Delete;
import io.viking.adapter.sim.state.Record;
import io.viking.adapter.sim.state.SnapshotEnd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramesTest {
  private static final Path FILE = Path.of("sim-1.log");

  private final List<Record> records =
      List.of(
          Record.newBuilder().setEnd(SnapshotEnd.getDefaultInstance()).build(),
          delete("one"),
          delete("another"),
          delete("the last"));
  private final byte[] bytes = bytes(records);
  private final int last = bytes(records.subList(0, 3)).length;

  @Test
  void cutAtAnyByte_isATornTail() throws IOException {
    for (int length = last; length < bytes.length; length++) {
      Frames.Content content = decode(Arrays.copyOf(bytes, length));
      assertThat(content.records()).as("cut at %s", length).isEqualTo(records.subList(0, 3));
      assertThat(content.bytes()).isEqualTo(last);
    }
    assertThat(decode(bytes)).isEqualTo(new Frames.Content(records, bytes.length));
  }

  @Test
  void cutAtAnyByte_andZerosAfterIt_isATornTail() throws IOException {
    for (int length = last; length < bytes.length; length++) {
      byte[] torn = Arrays.copyOf(Arrays.copyOf(bytes, length), bytes.length + 64);
      assertThat(decode(torn).records()).as("cut at %s", length).hasSizeGreaterThanOrEqualTo(3);
    }
  }

  @Test
  void anyBitOfTheLastRecord_isATornTail() throws IOException {
    for (int bit = last * 8; bit < bytes.length * 8; bit++) {
      assertThat(decode(flipped(bit)).records()).as("bit %s", bit).isEqualTo(records.subList(0, 3));
    }
  }

  @Test
  void anyBitBeforeTheLastRecord_isDamage() {
    for (int bit = 0; bit < last * 8; bit++) {
      byte[] damaged = flipped(bit);
      assertThatThrownBy(() -> decode(damaged))
          .as("bit %s", bit)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("sim-1.log is damaged at byte ");
    }
  }

  @Test
  void lengthThatRunsPastTheEnd_namesTheByteAndTheWayOut() {
    int second = bytes(records.subList(0, 1)).length;
    int third = bytes(records.subList(0, 2)).length;
    assertThatThrownBy(() -> decode(flipped(second * 8 + 1)))
        .hasMessage(
            "the simulated cloud's state sim-1.log is damaged at byte %d (whole records follow from"
                + " byte %d): restore the file from a copy, or cut it there to keep what came before"
                + " (truncate -s %d sim-1.log), or remove it to begin with an empty cloud",
            second, third, second);
    assertThatThrownBy(() -> decode(flipped(1)))
        .hasMessageContaining("damaged at byte 0 (whole records follow from byte " + second)
        .hasMessageNotContaining("truncate");
  }

  private static Frames.Content decode(byte[] bytes) throws JournalException {
    return Frames.decode(ByteBuffer.wrap(bytes), FILE);
  }

  private byte[] flipped(int bit) {
    byte[] copy = bytes.clone();
    copy[bit / 8] ^= (byte) (0x80 >> bit % 8);
    return copy;
  }

  private static Record delete(String cluster) {
    return Record.newBuilder().setDelete(Delete.newBuilder().setCluster(cluster)).build();
  }

  private static byte[] bytes(List<Record> records) {
    ByteBuffer bytes = ByteBuffer.allocate(1_024);
    records.forEach(one -> bytes.put(Frames.encode(one)));
    return Arrays.copyOf(bytes.array(), bytes.position());
  }
}
