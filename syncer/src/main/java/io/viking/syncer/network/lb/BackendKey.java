package io.viking.syncer.network.lb;

/** A backend of a server group. What else it has, its weight, can be changed. */
public record BackendKey(String address, int port) {}
