/** The cloud's memory on disk: a snapshot and the commands after it, one file at a time. */
@NullMarked
package io.viking.adapter.sim.journal;

import org.jspecify.annotations.NullMarked;
