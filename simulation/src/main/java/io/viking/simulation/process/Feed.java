package io.viking.simulation.process;

import io.viking.simulation.Timeline;
import io.viking.simulation.api.Change;
import io.viking.simulation.api.ChangeLog;
import io.viking.simulation.fault.FaultKind;
import io.viking.simulation.fault.Faults;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a watch loop or a follower brings: a list, then every change after it, in order and late.
 * Cut, it resumes where it was, or lists again if that is forgotten.
 */
final class Feed<T> {
  /** Where what comes goes. */
  interface Client<T> {
    void listed(List<T> all);

    void changed(Change<T> change);

    /** It is out of reach, and a list follows. */
    void interrupted();
  }

  private static final long NOT_LISTED = -1;
  private static final int LIST_AGAIN_MILLIS = 2000;

  private final Timeline time;
  private final Faults faults;
  private final ChangeLog<Change<T>> log;
  private final Supplier<List<T>> all;
  private final LongSupplier revision;
  private final Client<T> client;
  private final Consumer<ChangeLog.Entry<Change<T>>> watcher = this::planned;

  /** What was on its way in an earlier connection is lost. */
  private int connection;

  private long position = NOT_LISTED;
  private long lastArrival;
  private boolean open;
  private boolean closed;

  /**
   * @param all what a list shows now
   * @param revision of that list
   */
  Feed(
      Surroundings around,
      ChangeLog<Change<T>> log,
      Supplier<List<T>> all,
      LongSupplier revision,
      Client<T> client) {
    this.time = around.time();
    this.faults = around.faults();
    this.log = log;
    this.all = all;
    this.revision = revision;
    this.client = client;
  }

  void start() {
    list();
  }

  void close() {
    closed = true;
    disconnect();
  }

  /** Cuts the stream; it comes back by itself after a pause. */
  void cut(long pauseMillis) {
    if (closed || !open) {
      return;
    }
    disconnect();
    faults.count(FaultKind.WATCH_CUT);
    reconnectAfter(pauseMillis, this::resume);
  }

  /** Cuts the stream for so long that the client is told, after a while, and lists again. */
  void lose(long pauseMillis) {
    if (closed || !open) {
      return;
    }
    disconnect();
    faults.count(FaultKind.CLOUD_UNREACHABLE);
    arrive(client::interrupted);
    reconnectAfter(pauseMillis, this::list);
  }

  private void disconnect() {
    connection++;
    if (open) {
      open = false;
      log.unwatch(watcher);
    }
  }

  private void reconnectAfter(long millis, Runnable action) {
    int mine = connection;
    time.after(
        millis,
        () -> {
          if (mine == connection && !closed) {
            action.run();
          }
        });
  }

  private void list() {
    position = NOT_LISTED;
    reconnectAfter(
        1 + faults.upTo(30),
        () -> {
          if (faults.failsList()) {
            reconnectAfter(1 + faults.upTo(LIST_AGAIN_MILLIS), this::list);
            return;
          }
          List<T> now = all.get();
          long listed = revision.getAsLong();
          arrive(
              () -> {
                position = listed;
                client.listed(now);
              });
          watch();
        });
  }

  private void resume() {
    if (position == NOT_LISTED) {
      list();
      return;
    }
    var missed = log.since(position);
    if (missed.isEmpty()) {
      faults.count(FaultKind.WATCH_TOO_OLD);
      list();
      return;
    }
    missed.get().forEach(this::planned);
    watch();
  }

  private void watch() {
    open = true;
    log.watch(watcher);
  }

  private void planned(ChangeLog.Entry<Change<T>> entry) {
    arrive(
        () -> {
          position = entry.revision();
          client.changed(entry.change());
        });
  }

  /** In the order of the calls. */
  private void arrive(Runnable action) {
    int mine = connection;
    lastArrival = Math.max(lastArrival, time.millis() + faults.watchMillis());
    time.at(
        lastArrival,
        () -> {
          if (mine == connection && !closed) {
            action.run();
          }
        });
  }
}
