package io.viking.bench.watch;

import java.util.OptionalLong;

/**
 * When the watch told what of one pod; times of {@link System#nanoTime}, empty: never.
 *
 * @param seenAt its first event
 * @param lost whether it ended, or was gone, before anybody asked for its deletion
 */
public record PodTimes(
    String uid,
    String name,
    long seenAt,
    OptionalLong runningAt,
    OptionalLong readyAt,
    OptionalLong goneAt,
    boolean lost) {}
