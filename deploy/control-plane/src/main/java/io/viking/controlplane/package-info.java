/**
 * How the Kubernetes API server is obtained, started, supervised and stopped: {@link
 * io.viking.controlplane.ControlPlane}.
 */
@NullMarked
package io.viking.controlplane;

import org.jspecify.annotations.NullMarked;
