package io.viking.adapter.sim.network.serve;

import java.net.InetAddress;

/** Answers requests of HTTP. May block; called on a virtual thread. */
@FunctionalInterface
interface HttpSite {
  /**
   * @param secure whether it came over TLS
   */
  Reply answer(Request request, InetAddress client, boolean secure);
}
