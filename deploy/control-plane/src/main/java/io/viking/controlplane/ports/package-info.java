/**
 * The TCP ports of a control plane, chosen once and kept: {@link
 * io.viking.controlplane.ports.Ports} is the shell, {@link io.viking.controlplane.ports.PortPlan}
 * the decision.
 */
@NullMarked
package io.viking.controlplane.ports;

import org.jspecify.annotations.NullMarked;
