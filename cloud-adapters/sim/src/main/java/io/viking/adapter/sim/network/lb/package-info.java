/** The load balancers of the account: what is declared on them, by whom, and what serves behind. */
@NullMarked
package io.viking.adapter.sim.network.lb;

import org.jspecify.annotations.NullMarked;
