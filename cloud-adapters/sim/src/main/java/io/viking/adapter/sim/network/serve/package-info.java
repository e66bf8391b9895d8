/**
 * The network where this machine can reach it: listeners and zones as real sockets on loopback.
 * Nothing here changes the cloud; what a socket does is read from it at that moment.
 */
@NullMarked
package io.viking.adapter.sim.network.serve;

import org.jspecify.annotations.NullMarked;
