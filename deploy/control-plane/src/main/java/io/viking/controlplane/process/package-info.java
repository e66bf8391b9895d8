/**
 * Child processes that are kept running: {@link io.viking.controlplane.process.SupervisedProcess}
 * starts one again when it dies; {@link io.viking.controlplane.process.Orphans} finds those that a
 * killed supervisor left behind.
 */
@NullMarked
package io.viking.controlplane.process;

import org.jspecify.annotations.NullMarked;
