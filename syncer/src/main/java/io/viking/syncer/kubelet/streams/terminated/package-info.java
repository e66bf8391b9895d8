/**
 * Streams that end here: SPDY/3.1 and WebSocket towards the caller, calls of the contract towards
 * the cloud.
 *
 * <p>Everything of one connection, the calls' answers included, happens on that connection's event
 * loop: so nothing here is locked, and no thread waits. A side that is slower than the other stops
 * the other's source: the caller's by not reading its connection, the cloud's by not asking for the
 * next message.
 */
@NullMarked
package io.viking.syncer.kubelet.streams.terminated;

import org.jspecify.annotations.NullMarked;
