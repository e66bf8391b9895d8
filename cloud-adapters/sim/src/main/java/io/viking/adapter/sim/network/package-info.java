/** Load balancers and private zones of the simulated cloud, in whatever time they are told. */
@NullMarked
package io.viking.adapter.sim.network;

import org.jspecify.annotations.NullMarked;
