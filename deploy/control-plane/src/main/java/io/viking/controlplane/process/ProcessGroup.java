package io.viking.controlplane.process;

import io.viking.controlplane.Component;
import io.viking.controlplane.ControlPlaneException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Supervised processes, and what else must end with them, in the order of their start; {@link
 * #close} ends them in the opposite order. Closed once, it takes no more, so a start that races
 * with a stop leaves nothing behind.
 */
public final class ProcessGroup implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ProcessGroup.class);

  private final Launcher launcher;
  private final ProcessRecords records;
  private final Clock clock;

  /** Guards the fields below; never held while something is waited for. */
  private final ReentrantLock lock = new ReentrantLock();

  private final List<SupervisedProcess> processes = new ArrayList<>();
  private final List<AutoCloseable> members = new ArrayList<>();
  private boolean closed;

  public ProcessGroup(Launcher launcher, ProcessRecords records, Clock clock) {
    this.launcher = launcher;
    this.records = records;
    this.clock = clock;
  }

  /**
   * Starts a process.
   *
   * @throws ControlPlaneException if the group is closed
   */
  public SupervisedProcess launch(ProcessSpec spec) {
    lock.lock();
    try {
      requireOpen();
      SupervisedProcess process = SupervisedProcess.launch(spec, launcher, records, clock);
      processes.add(process);
      members.add(process);
      return process;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes on something that ends with the group.
   *
   * @throws ControlPlaneException if the group is closed
   */
  public <T extends AutoCloseable> T add(T member) {
    lock.lock();
    try {
      requireOpen();
      members.add(member);
      return member;
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new ControlPlaneException("the control plane was stopped while it was starting.");
    }
  }

  /** The processes as they are now, in the order of their start. */
  public List<Component> components() {
    lock.lock();
    try {
      return processes.stream().map(SupervisedProcess::component).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Ends everything, the last first. Idempotent; every caller returns when all is gone. */
  @Override
  public void close() {
    for (AutoCloseable member : closeOnce()) {
      try {
        member.close();
      } catch (Exception e) {
        log.warn("{} did not end well; what it held may be left behind", member, e);
      }
    }
  }

  private List<AutoCloseable> closeOnce() {
    lock.lock();
    try {
      closed = true;
      return List.copyOf(members.reversed());
    } finally {
      lock.unlock();
    }
  }
}
