/** What the scheduler sees of the zones: their nodes, what is on sale there, and who is placed. */
@NullMarked
package io.viking.scheduler.zone;

import org.jspecify.annotations.NullMarked;
