package io.viking.bench.report;

import java.time.Instant;

/**
 * Where and when figures were made; without it they mean nothing.
 *
 * @param kubernetes as the API server says: "v1.36.3"
 */
public record Machine(
    Instant at, int processors, long memoryBytes, String system, String java, String kubernetes) {}
