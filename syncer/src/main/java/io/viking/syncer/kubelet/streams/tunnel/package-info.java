/** Exec, attach and port-forward for pools that have a streaming server of their own. */
@NullMarked
package io.viking.syncer.kubelet.streams.tunnel;

import org.jspecify.annotations.NullMarked;
