package io.viking.adapter.sim.core;

import io.viking.adapter.sim.state.Run;

/**
 * One start of a container.
 *
 * @param number from 1, over all its starts
 * @param start milliseconds of the epoch
 * @param end when it ended, or will end by what is known; Long.MAX_VALUE: it runs until stopped
 * @param exitCode with which it ended or will
 */
public record ContainerRun(int number, long start, long end, int exitCode) {
  ContainerRun ending(long at, int code) {
    return new ContainerRun(number, start, at, code);
  }

  Run save() {
    return Run.newBuilder()
        .setNumber(number)
        .setStart(start)
        .setEnd(end)
        .setExitCode(exitCode)
        .build();
  }

  static ContainerRun restore(Run run) {
    return new ContainerRun(run.getNumber(), run.getStart(), run.getEnd(), run.getExitCode());
  }
}
