package io.viking.bench.floor;

import io.viking.bench.measure.Passage;
import io.viking.bench.measure.Percentiles;

/**
 * The floor at one width.
 *
 * @param up from the first create to the last Running, as the same kind of watch saw it
 * @param down from the first delete to the last pod gone
 * @param retries calls that were made again because the API server was too busy
 */
public record FloorRun(int width, Passage up, Percentiles toRunning, Passage down, int retries) {}
