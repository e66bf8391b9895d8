/**
 * The cluster's keys and certificates: made once, renewed before they expire. {@link
 * io.viking.controlplane.pki.Pki} is the shell, {@link io.viking.controlplane.pki.Renewal} the
 * decision.
 */
@NullMarked
package io.viking.controlplane.pki;

import org.jspecify.annotations.NullMarked;
