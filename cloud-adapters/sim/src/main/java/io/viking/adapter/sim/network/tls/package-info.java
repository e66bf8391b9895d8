/** Certificates of listeners and the keys to them. */
@NullMarked
package io.viking.adapter.sim.network.tls;

import org.jspecify.annotations.NullMarked;
