/**
 * k3s in a container of the local Docker engine: {@link
 * io.viking.controlplane.k3s.K3sControlPlane}.
 */
@NullMarked
package io.viking.controlplane.k3s;

import org.jspecify.annotations.NullMarked;
