/**
 * Exec, attach and port-forward: what a caller asks for, and the ways of serving it. One {@link
 * io.viking.syncer.kubelet.streams.StreamWay} per pool.
 */
@NullMarked
package io.viking.syncer.kubelet.streams;

import org.jspecify.annotations.NullMarked;
