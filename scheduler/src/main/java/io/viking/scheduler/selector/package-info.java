/**
 * Label rules as Kubernetes means them: what a selector, a node term or a toleration says yes to.
 */
@NullMarked
package io.viking.scheduler.selector;

import org.jspecify.annotations.NullMarked;
