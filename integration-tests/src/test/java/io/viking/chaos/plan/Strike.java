package io.viking.chaos.plan;

import io.viking.adapter.kit.faults.Fault;
import io.viking.chaos.api.ApiFault;
import java.time.Duration;

/** One thing that is done to a running system. */
public sealed interface Strike {
  /** kill -9 of the one that works; its supervisor starts it again. */
  record Kill(Target target) implements Strike {}

  /** SIGSTOP, and SIGCONT after that time. */
  record Freeze(Target target, Duration time) implements Strike {}

  /** SIGTERM; when it has ended in order, its supervisor starts it again. */
  record Restart(Target target) implements Strike {}

  /** One syncer after the other ends and starts again, then with so many shards. */
  record Rollout(int shards) implements Strike {}

  /** The clock of the process is that far off from now on, also after a new start of it. */
  record Skew(Target target, Duration by) implements Strike {}

  /** Nothing can be written to it for that time. */
  record FullDisk(Disk disk, Duration time) implements Strike {}

  /** The API server takes that much longer for every call, for that time. */
  record ApiSlow(Duration by, Duration time) implements Strike {}

  /** All connections to the adapter end, after so many more bytes of its answers. */
  record CutWires(int afterBytes) implements Strike {}

  /** The next calls of the adapter's method. */
  record AdapterCalls(String method, Fault.OfCall fault, int times) implements Strike {}

  /** The adapter's streams that are open now. */
  record AdapterStreams(String method, Fault.OfStream fault) implements Strike {}

  /** The next calls of the API server. */
  record ApiCalls(String verb, String resource, ApiFault.OfCall fault, int times)
      implements Strike {}

  /** The watches that stand now. */
  record ApiWatches(String resource, ApiFault.OfWatch fault) implements Strike {}

  /** Short enough for a table. */
  default String text() {
    return switch (this) {
      case Kill(Target target) -> "kill -9 " + target.process();
      case Freeze(Target target, Duration time) -> "freeze " + target.process() + " " + time;
      case Restart(Target target) -> "restart " + target.process();
      case Rollout(int shards) -> "syncers rolled out with shards: " + shards;
      case Skew(Target target, Duration by) -> "clock of " + target.process() + " off by " + by;
      case FullDisk(Disk disk, Duration time) -> disk.text() + " full for " + time;
      case ApiSlow(Duration by, Duration time) -> "API server slower by " + by + " for " + time;
      case CutWires(int afterBytes) -> "adapter's connections cut after " + afterBytes + " bytes";
      case AdapterCalls(String method, Fault.OfCall fault, int times) ->
          times + " x " + method + " " + fault;
      case AdapterStreams(String method, Fault.OfStream fault) -> method + " " + fault;
      case ApiCalls(String verb, String resource, ApiFault.OfCall fault, int times) ->
          times + " x " + verb + " " + resource + " " + fault;
      case ApiWatches(String resource, ApiFault.OfWatch fault) -> "watch " + resource + " " + fault;
    };
  }
}
