package io.viking.syncer.network.service;

/**
 * A pod behind a Service. Readiness gates and publishNotReadyAddresses are in {@code isReady}
 * already: the EndpointSlice controller applies them.
 *
 * @param address the first of its addresses; the API says that the others are not to be used
 * @param isTerminating takes no new connections, and may still serve those that it has
 * @param hostname of a pod with {@code hostname} and {@code subdomain}; may be empty
 * @param podUid empty if it is no pod
 */
public record Endpoint(
    String address, boolean isReady, boolean isTerminating, String hostname, String podUid) {}
