/** The private zones of the account, their records, and what a query for one finds. */
@NullMarked
package io.viking.adapter.sim.network.dns;

import org.jspecify.annotations.NullMarked;
