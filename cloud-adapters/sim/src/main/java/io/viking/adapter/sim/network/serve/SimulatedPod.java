package io.viking.adapter.sim.network.serve;

/**
 * A pod that takes traffic.
 *
 * @param container that listens
 * @param zone that it runs in
 * @param address inside the user's network, which nobody dials
 */
public record SimulatedPod(
    String namespace, String name, String uid, String container, String zone, String address) {}
