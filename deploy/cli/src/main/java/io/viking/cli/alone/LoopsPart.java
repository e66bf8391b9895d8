package io.viking.cli.alone;

import io.micrometer.core.instrument.MeterRegistry;
import io.viking.adapter.kit.transport.AdapterChannel;
import io.viking.cli.CommandFailure;
import io.viking.cli.parts.Closing;
import io.viking.cli.parts.Explained;
import io.viking.cli.parts.Loops;
import io.viking.cli.parts.LoopsConfig;
import io.viking.cli.server.Sight;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Loops that reach their adapter over a connection. */
final class LoopsPart implements PartProcess.Part {
  private final LoopsConfig config;
  private final PeerFlags peers;
  private final Instant begun = Clock.systemUTC().instant();
  private volatile Optional<Loops> loops = Optional.empty();

  LoopsPart(LoopsConfig config, PeerFlags peers) {
    this.config = config;
    this.peers = peers;
  }

  @Override
  public void start(MeterRegistry metrics, Clock clock, Closing closing)
      throws IOException, InterruptedException {
    AdapterChannel channel = closing.add("adapter channel", peers.openAdapter());
    try {
      loops = Optional.of(Loops.start(config, channel.channel(), metrics, clock, closing));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(e.getMessage() + ".", e);
    }
  }

  @Override
  public Sight sight() {
    return loops.map(running -> Sight.of(running, begun)).orElse(Sight.NOTHING);
  }

  @Override
  public Explained explain(String namespace, String pod) {
    return loops
        .map(running -> running.explain(namespace, pod))
        .orElseGet(() -> new Explained.NoAnswer("the scheduler has not started"));
  }

  @Override
  public int collectOrphans() {
    return loops.map(Loops::collectOrphans).orElse(0);
  }
}
