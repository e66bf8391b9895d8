package io.viking.adapter.sim;

import com.google.protobuf.ByteString;
import io.viking.adapter.kit.failure.Failures;
import io.viking.adapter.kit.stream.Outlet;
import io.viking.adapter.kit.stream.Scope;
import io.viking.adapter.sim.core.ContainerRun;
import io.viking.adapter.sim.core.InstanceFacts;
import io.viking.adapter.sim.core.InstanceFacts.ContainerFacts;
import io.viking.adapter.sim.logs.LogScript;
import io.viking.cloud.v1.ErrorReason;
import io.viking.cloud.v1.ReadLogsRequest;
import io.viking.cloud.v1.ReadLogsResponse;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Serves logs that nobody stores. */
final class LogReader {
  private static final int MESSAGE_BYTES = 64 << 10;

  /** How late the end of a followed container may be told. */
  private static final long LOOK_MILLIS = 200;

  private final LiveCloud cloud;

  LogReader(LiveCloud cloud) {
    this.cloud = cloud;
  }

  /**
   * Finds the log.
   *
   * @throws io.grpc.StatusRuntimeException NOT_FOUND or BUSY
   */
  Reading begin(ReadLogsRequest request) {
    return begin(
        request,
        (instance, container) ->
            (request.getPrevious() ? container.previous() : container.current())
                .orElseThrow(() -> absent(request, instance)));
  }

  /**
   * Joins the log of a container that runs, from now on to its end.
   *
   * @throws io.grpc.StatusRuntimeException NOT_FOUND or BUSY
   */
  Reading join(String cluster, String uid, String container) {
    ReadLogsRequest request =
        ReadLogsRequest.newBuilder()
            .setClusterId(cluster)
            .setUid(uid)
            .setContainer(container)
            .setFollow(true)
            .setTailLines(0)
            .build();
    return begin(
        request, (instance, facts) -> Lookup.running(instance, facts, cloud.now().toEpochMilli()));
  }

  private Reading begin(
      ReadLogsRequest request, BiFunction<InstanceFacts, ContainerFacts, ContainerRun> choice) {
    String cluster = Scope.require(request.getClusterId());
    return cloud.read(
        now -> {
          Supplier<InstanceFacts> facts = Lookup.instance(now, cluster, request.getUid());
          InstanceFacts instance = facts.get();
          ContainerFacts container = Lookup.container(instance, request.getContainer());
          ContainerRun run = choice.apply(instance, container);
          return new Reading(request, facts, new LogScript(instance, container.order(), run));
        });
  }

  private static RuntimeException absent(ReadLogsRequest request, InstanceFacts instance) {
    String name = Lookup.called(instance, request.getContainer());
    return request.getPrevious()
        ? Failures.exception(
            ErrorReason.ERROR_REASON_NOT_FOUND, name + " has not been started before")
        : Failures.exception(ErrorReason.ERROR_REASON_BUSY, name + " has not started yet");
  }

  /** Takes the log, piece by piece of at most 64 KiB. */
  @FunctionalInterface
  interface Writer {
    void write(ByteString piece) throws InterruptedException;
  }

  /** One call. */
  final class Reading {
    private final ReadLogsRequest request;
    private final Supplier<InstanceFacts> facts;
    private final StringBuilder pending = new StringBuilder();
    private LogScript script;
    private long bytesLeft;

    private Reading(ReadLogsRequest request, Supplier<InstanceFacts> facts, LogScript script) {
      this.request = request;
      this.facts = facts;
      this.script = script;
      this.bytesLeft = request.hasLimitBytes() ? request.getLimitBytes() : Long.MAX_VALUE;
    }

    void writeTo(Outlet<ReadLogsResponse> outlet) throws InterruptedException {
      writeTo(piece -> outlet.send(ReadLogsResponse.newBuilder().setData(piece).build()));
    }

    /**
     * @return the exit code of the container, if it was followed to its end
     */
    int writeTo(Writer writer) throws InterruptedException {
      long now = cloud.now().toEpochMilli();
      long next = first(now);
      while (true) {
        for (long count = script.count(now); next < count && bytesLeft > pending.length(); next++) {
          pending.append(script.line(next, now).render(request.getTimestamps()));
          if (pending.length() >= MESSAGE_BYTES / 2) {
            flush(writer);
          }
        }
        flush(writer);
        if (!request.getFollow() || script.over(now) || bytesLeft <= 0) {
          return script.run().exitCode();
        }
        Thread.sleep(Math.clamp(script.nextLineAt(now) - now, 1, LOOK_MILLIS));
        refresh();
        now = cloud.now().toEpochMilli();
      }
    }

    private long first(long now) {
      long first = 0;
      if (request.hasSinceTime()) {
        // A line of this millisecond is at or after any nanosecond of the one before.
        long since =
            request.getSinceTime().getSeconds() * 1000
                + Math.ceilDiv(request.getSinceTime().getNanos(), 1_000_000);
        first = script.firstSince(since, now);
      }
      if (request.hasTailLines()) {
        first = Math.max(first, script.count(now) - Math.max(0, request.getTailLines()));
      }
      return first;
    }

    /**
     * The same start of the container as it is now; one that has been forgotten ended meanwhile.
     */
    private void refresh() {
      InstanceFacts instance = cloud.read(now -> facts.get());
      int number = script.run().number();
      Optional<ContainerRun> run =
          instance.container(request.getContainer()).stream()
              .flatMap(c -> Stream.concat(c.current().stream(), c.previous().stream()))
              .filter(r -> r.number() == number)
              .findFirst();
      long now = cloud.now().toEpochMilli();
      ContainerRun known = script.run();
      ContainerRun here =
          run.orElseGet(() -> new ContainerRun(number, known.start(), now, known.exitCode()));
      script = new LogScript(instance, script.container(), here);
    }

    private void flush(Writer writer) throws InterruptedException {
      ByteString data = ByteString.copyFromUtf8(pending.toString());
      pending.setLength(0);
      if (data.size() > bytesLeft) {
        data = data.substring(0, (int) bytesLeft);
      }
      bytesLeft -= data.size();
      for (int from = 0; from < data.size(); from += MESSAGE_BYTES) {
        writer.write(data.substring(from, Math.min(data.size(), from + MESSAGE_BYTES)));
      }
    }
  }
}
