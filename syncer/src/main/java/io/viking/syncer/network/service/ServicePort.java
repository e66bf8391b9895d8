package io.viking.syncer.network.service;

/**
 * A port of a Service. What it is on the pods, EndpointSlices say, under the same name.
 *
 * @param name may be empty, if it is the only one
 * @param protocol "TCP", "UDP" or "SCTP"
 */
public record ServicePort(String name, String protocol, int port) {}
