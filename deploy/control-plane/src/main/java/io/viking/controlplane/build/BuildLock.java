package io.viking.controlplane.build;

import io.viking.controlplane.Progress;
import io.viking.controlplane.data.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one builder at a time into a workspace, of all processes; who comes second waits, and then
 * finds the binaries there.
 *
 * <p>File locks belong to the process, so threads of this one queue before them.
 */
final class BuildLock implements AutoCloseable {
  private static final ReentrantLock OF_THIS_PROCESS = new ReentrantLock();
  private static final Duration POLL = Duration.ofMillis(500);

  private final FileChannel channel;

  private BuildLock(FileChannel channel) {
    this.channel = channel;
  }

  static BuildLock acquire(Path file, Progress progress) throws InterruptedException {
    OF_THIS_PROCESS.lockInterruptibly();
    boolean acquired = false;
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() == null) {
          progress.step("waiting for another viking that is building the same");
          while (channel.tryLock() == null) {
            Thread.sleep(POLL);
          }
        }
        acquired = true;
        return new BuildLock(channel);
      } finally {
        if (!acquired) {
          channel.close();
        }
      }
    } catch (IOException e) {
      throw PrivateFiles.failure("cannot lock " + file, e);
    } finally {
      if (!acquired) {
        OF_THIS_PROCESS.unlock();
      }
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw PrivateFiles.failure("cannot unlock the build", e);
    } finally {
      OF_THIS_PROCESS.unlock();
    }
  }
}
