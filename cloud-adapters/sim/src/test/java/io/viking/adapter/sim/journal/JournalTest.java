package io.viking.adapter.sim.journal;

import static io.viking.adapter.sim.TestPod.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.adapter.sim.core.Contents;
import io.viking.adapter.sim.core.SimCloud;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.spec.OrderParser;
import io.viking.adapter.sim.spec.OrderParser.Parsed;
import io.viking.adapter.sim.state.Create;
import io.viking.adapter.sim.state.Delete;
import io.viking.adapter.sim.state.DeleteOrder;
import io.viking.adapter.sim.state.Record;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  @TempDir Path directory;

  private final SimProfile profile = Profiles.eci();
  private final OrderParser parser = new OrderParser(profile);

  @Test
  void newDirectory_isEmpty_andItsFilesAreTheirOwnersAlone() throws IOException {
    Path state = directory.resolve("a/b");
    try (Journal journal = Journal.open(state)) {
      assertThat(journal.recover()).isEmpty();
      journal.begin(new SimCloud(profile, 1, START).snapshot());
    }
    for (Path file : files(state)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as(file.toString())
          .isEqualTo("rw-------");
    }
  }

  @Test
  void fileCutAtAnyByte_givesTheStateOfAPrefix() throws IOException {
    SplittableRandom random = new SplittableRandom(5);
    SimCloud cloud = new SimCloud(profile, 5, START);
    List<List<Record>> states = new ArrayList<>();
    long snapshotBytes;
    try (Journal journal = Journal.open(directory)) {
      journal.recover();
      journal.begin(cloud.snapshot());
      snapshotBytes = journal.snapshotBytes();
      states.add(cloud.snapshot());
      Instant now = START;
      for (int i = 0; i < 30; i++) {
        now = now.plusMillis(random.nextInt(4_000));
        Record command = random.nextInt(3) > 0 ? create(i, now) : delete(i - 1, now);
        journal.append(command);
        cloud.replay(command);
        states.add(cloud.snapshot());
      }
    }
    Path file = directory.resolve("sim-1.log");
    byte[] whole = Files.readAllBytes(file);
    int known = 0;
    for (int length = (int) snapshotBytes; length <= whole.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      try (Journal journal = Journal.open(directory)) {
        Journal.Recovered found = journal.recover().orElseThrow();
        int commands = found.commands().size();
        assertThat(commands).as("whole commands at %s", length).isBetween(known, known + 1);
        if (commands > known || length == snapshotBytes) {
          SimCloud again = SimCloud.restore(profile, found.snapshot());
          found.commands().forEach(again::replay);
          assertThat(again.snapshot()).as("cut at %s", length).isEqualTo(states.get(commands));
        }
        known = commands;
      }
    }
    assertThat(known).isEqualTo(30);
  }

  @Test
  void tornTail_ofZeros_isDropped_andDamageInTheMiddleIsNot() throws IOException {
    try (Journal journal = Journal.open(directory)) {
      journal.recover();
      journal.begin(new SimCloud(profile, 5, START).snapshot());
      journal.append(create(1, START));
      journal.append(create(2, START));
    }
    Path file = directory.resolve("sim-1.log");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, whole.length + 4096));
    try (Journal journal = Journal.open(directory)) {
      assertThat(journal.recover().orElseThrow().commands()).hasSize(2);
    }
    whole[whole.length / 2] ^= 1;
    Files.write(file, whole);
    try (Journal journal = Journal.open(directory)) {
      assertThatThrownBy(journal::recover)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("sim-1.log is damaged at byte")
          .hasMessageContaining("remove it");
    }
  }

  @Test
  void newSnapshot_replacesTheFile_andAHalfMadeOneIsIgnored() throws IOException {
    SimCloud cloud = new SimCloud(profile, 5, START);
    try (Journal journal = Journal.open(directory)) {
      journal.recover();
      journal.begin(cloud.snapshot());
      Record command = create(1, START);
      journal.append(command);
      cloud.replay(command);
      assertThat(journal.commandBytes()).isPositive();
      journal.begin(cloud.snapshot());
      assertThat(journal.commandBytes()).isZero();
      journal.append(create(2, START));
      journal.sync();
    }
    Files.writeString(directory.resolve("sim-next.tmp"), "half");
    try (Journal journal = Journal.open(directory)) {
      Journal.Recovered found = journal.recover().orElseThrow();
      assertThat(found.snapshot()).isEqualTo(cloud.snapshot());
      assertThat(found.commands()).containsExactly(create(2, START));
    }
    assertThat(files(directory))
        .extracting(p -> p.getFileName().toString())
        .contains("sim-2.log")
        .doesNotContain("sim-1.log");
  }

  @Test
  void directoryOfAnother_isRefused_untilItIsGone() throws IOException {
    try (Journal first = Journal.open(directory)) {
      assertThat(first.recover()).isEmpty();
      assertThatThrownBy(() -> Journal.open(directory))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("another simulated cloud runs on " + directory);
    }
    Journal.open(directory).close();
  }

  @Test
  void fullDisk_takesBackWhatItHadWritten_andGoesOnWhenThereIsRoom() throws IOException {
    FullDisk disk = new FullDisk();
    try (Journal journal = Journal.open(directory, disk)) {
      journal.recover();
      journal.begin(new SimCloud(profile, 5, START).snapshot());
      journal.append(create(1, START));
      disk.room = 10;
      assertThatThrownBy(() -> journal.append(create(2, START))).isInstanceOf(IOException.class);
      disk.truncates = false;
      assertThatThrownBy(() -> journal.append(create(2, START))).isInstanceOf(IOException.class);
      disk.truncates = true;
      disk.room = Long.MAX_VALUE;
      journal.append(create(3, START));
    }
    try (Journal journal = Journal.open(directory)) {
      assertThat(journal.recover().orElseThrow().commands())
          .containsExactly(create(1, START), create(3, START));
    }
  }

  private Record create(int i, Instant now) {
    Parsed parsed = parser.parse(pod("pod-" + i).restart("Never").spec());
    return Record.newBuilder()
        .setCreate(
            Create.newBuilder()
                .setNow(now.toEpochMilli())
                .setCluster("c")
                .addOrders(((Parsed.Understood) parsed).order())
                .addAllBlobs(Contents.blobs(((Parsed.Understood) parsed).contents())))
        .build();
  }

  private static Record delete(int i, Instant now) {
    return Record.newBuilder()
        .setDelete(
            Delete.newBuilder()
                .setNow(now.toEpochMilli())
                .setCluster("c")
                .addOrders(DeleteOrder.newBuilder().setUid("pod-" + i).setAttempt(1)))
        .build();
  }

  private static List<Path> files(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.toList();
    }
  }

  /** A disk with so much room; what does not fit is written in part. */
  private static final class FullDisk implements JournalFile.Opener {
    long room = Long.MAX_VALUE;
    boolean truncates = true;

    @Override
    public JournalFile open(Path path) throws IOException {
      JournalFile file = JournalFile.onDisk(path);
      return new JournalFile() {
        @Override
        public void append(ByteBuffer bytes) throws IOException {
          if (bytes.remaining() > room) {
            file.append(bytes.slice(bytes.position(), (int) room));
            throw new IOException("No space left on device");
          }
          file.append(bytes);
        }

        @Override
        public void truncate(long length) throws IOException {
          if (!truncates) {
            throw new IOException("Input/output error");
          }
          file.truncate(length);
        }

        @Override
        public void force() throws IOException {
          file.force();
        }

        @Override
        public void close() throws IOException {
          file.close();
        }
      };
    }
  }
}
