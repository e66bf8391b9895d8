package io.viking.adapter.sim.shell.io;

import org.jspecify.annotations.Nullable;

/**
 * What a command can be told from outside: interrupted by its terminal, or killed with its
 * container. Both interrupt the thread that plays it; what it was then says {@link #taken}.
 */
public final class Signals {
  private @Nullable Thread player;
  private boolean interrupted;
  private boolean killed;

  /** The calling thread plays from now on. */
  public synchronized void play() {
    player = Thread.currentThread();
    if (interrupted || killed) {
      player.interrupt();
    }
  }

  /** It is over: a signal that comes later hits nobody. */
  public synchronized void over() {
    player = null;
    if (interrupted || killed) {
      Thread.interrupted();
    }
  }

  public synchronized void interrupt() {
    interrupted = true;
    wake();
  }

  public synchronized void kill() {
    killed = true;
    wake();
  }

  public synchronized boolean killed() {
    return killed;
  }

  /** Whether the terminal has interrupted since the last time this was asked. */
  public synchronized boolean taken() {
    boolean taken = interrupted;
    interrupted = false;
    return taken;
  }

  private void wake() {
    if (player != null) {
      player.interrupt();
    }
  }
}
