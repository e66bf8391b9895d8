package io.viking.chaos.plan;

import io.viking.adapter.kit.faults.Fault;
import io.viking.chaos.api.ApiFault;
import java.time.Duration;

/** One thing that is done to a running system. */
public sealed interface Strike {
  /** kill -9; its supervisor starts it again. */
  record Kill(Target target) implements Strike {}

  /** SIGSTOP, and SIGCONT after that time. */
  record Freeze(Target target, Duration time) implements Strike {}

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
      case AdapterCalls(String method, Fault.OfCall fault, int times) ->
          times + " x " + method + " " + fault;
      case AdapterStreams(String method, Fault.OfStream fault) -> method + " " + fault;
      case ApiCalls(String verb, String resource, ApiFault.OfCall fault, int times) ->
          times + " x " + verb + " " + resource + " " + fault;
      case ApiWatches(String resource, ApiFault.OfWatch fault) -> "watch " + resource + " " + fault;
    };
  }
}
