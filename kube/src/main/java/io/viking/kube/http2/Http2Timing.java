package io.viking.kube.http2;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param connect for TCP, and again for TLS
 * @param call from the sending of a call to its answer
 * @param ping how often a connection is probed; one that has not answered by the next time is
 *     dropped
 */
public record Http2Timing(Duration connect, Duration call, Duration ping) {}
