/**
 * The native control plane: upstream etcd, kube-apiserver and kube-controller-manager, unmodified,
 * as our child processes. {@link io.viking.controlplane.upstream.NativeControlPlane} runs them;
 * what each is told is in a {@code …Command}.
 */
@NullMarked
package io.viking.controlplane.upstream;

import org.jspecify.annotations.NullMarked;
