package io.viking.adapter.sim;

import io.viking.adapter.sim.core.SimCloud;
import io.viking.adapter.sim.journal.Journal;
import io.viking.adapter.sim.profile.Profiles;
import io.viking.adapter.sim.profile.SimProfile;
import io.viking.adapter.sim.state.Header;
import io.viking.adapter.sim.state.Record;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cloud's memory on disk, or none. Recovery replays what was journalled under the profile of
 * that time, and only then goes on under the one of now; so a changed profile changes what comes,
 * not what was.
 */
final class CloudMemory implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CloudMemory.class);

  /** A new snapshot is made when the commands outgrow it, but not for less than this. */
  private static final long LEAST_COMMAND_BYTES = 16 << 20;

  /** More revisions than any run gives between two snapshots that reach the disk. */
  private static final long REVISION_GAP = 1L << 32;

  private final Optional<Journal> journal;
  private final boolean fsync;

  private final long leastCommandBytes;

  private CloudMemory(Optional<Journal> journal, boolean fsync, long leastCommandBytes) {
    this.journal = journal;
    this.fsync = fsync;
    this.leastCommandBytes = leastCommandBytes;
  }

  record Opened(CloudMemory memory, SimCloud cloud) {}

  static Opened open(SimOptions options, Instant now) throws IOException {
    return open(options, now, LEAST_COMMAND_BYTES);
  }

  static Opened open(SimOptions options, Instant now, long leastCommandBytes) throws IOException {
    if (options.stateDirectory().isEmpty()) {
      return new Opened(
          new CloudMemory(Optional.empty(), false, leastCommandBytes),
          new SimCloud(options.profile(), options.seed(), now));
    }
    Journal journal = Journal.open(options.stateDirectory().get());
    try {
      Optional<Journal.Recovered> recovered = journal.recover();
      SimCloud cloud =
          recovered.isPresent()
              ? recover(recovered.get(), options.profile(), now)
              : new SimCloud(options.profile(), options.seed(), now);
      journal.begin(cloud.snapshot());
      return new Opened(
          new CloudMemory(Optional.of(journal), options.fsync(), leastCommandBytes), cloud);
    } catch (IOException | RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  /** The state up to now: what fell due while nobody ran has happened at its time. */
  private static SimCloud recover(Journal.Recovered recovered, SimProfile profile, Instant now) {
    long begun = System.nanoTime();
    Header header = recovered.snapshot().getFirst().getHeader();
    SimCloud past =
        SimCloud.restore(
            Profiles.parse("of the recorded state", header.getProfileYaml()), recovered.snapshot());
    recovered.commands().forEach(past::replay);
    past.drainChanges();
    past.drainCatalog();
    past.advance(now);
    past.skipRevisions(REVISION_GAP);
    SimCloud cloud = SimCloud.restore(profile, past.snapshot());
    log.info(
        "Simulated cloud goes on with {} live instances, after {} commands replayed in {} ms",
        cloud.usage("").live(),
        recovered.commands().size(),
        (System.nanoTime() - begun) / 1_000_000);
    return cloud;
  }

  /** To be called before the command is applied; if it throws, it must not be. */
  void append(Record command) throws IOException {
    if (journal.isPresent()) {
      journal.get().append(command);
    }
  }

  /** To be called before the answer is given, without holding up others. */
  void settle() throws IOException {
    if (fsync && journal.isPresent()) {
      journal.get().sync();
    }
  }

  boolean wantsSnapshot() {
    return journal
        .filter(j -> j.commandBytes() > Math.max(leastCommandBytes, 2 * j.snapshotBytes()))
        .isPresent();
  }

  void snapshot(List<Record> records) throws IOException {
    if (journal.isPresent()) {
      journal.get().begin(records);
    }
  }

  @Override
  public void close() throws IOException {
    if (journal.isPresent()) {
      journal.get().close();
    }
  }
}
