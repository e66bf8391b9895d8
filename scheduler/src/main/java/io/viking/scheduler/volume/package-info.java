/** Volumes that belong to a zone: what is there, and what a pod's claims allow. */
@NullMarked
package io.viking.scheduler.volume;

import org.jspecify.annotations.NullMarked;
