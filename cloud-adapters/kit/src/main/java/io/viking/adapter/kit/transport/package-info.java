/**
 * How an adapter is reached: in process, over a Unix socket, over TCP with mutual TLS. {@link
 * io.viking.adapter.kit.transport.AdapterServer} is the one end, {@link
 * io.viking.adapter.kit.transport.AdapterChannel} the other; both name the place with an {@link
 * io.viking.adapter.kit.transport.AdapterAddress}.
 */
@NullMarked
package io.viking.adapter.kit.transport;

import org.jspecify.annotations.NullMarked;
