/**
 * Who has to go when the account's quota is used up and a pod of higher priority waits.
 *
 * <p>{@link io.viking.scheduler.preemption.Preemption} keeps the account; who is chosen is a pure
 * function of it.
 */
@NullMarked
package io.viking.scheduler.preemption;

import org.jspecify.annotations.NullMarked;
