/** What a simulated container says, worked out from times rather than stored. */
@NullMarked
package io.viking.adapter.sim.logs;

import org.jspecify.annotations.NullMarked;
