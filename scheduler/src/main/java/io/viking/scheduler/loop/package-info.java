/** The scheduler's core: pods and zones in, binds and reports out. */
@NullMarked
package io.viking.scheduler.loop;

import org.jspecify.annotations.NullMarked;
