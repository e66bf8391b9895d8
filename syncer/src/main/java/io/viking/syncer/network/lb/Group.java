package io.viking.syncer.network.lb;

import io.viking.syncer.network.service.NamespacedName;

/**
 * A server group: the pods behind a Service, on one of its ports.
 *
 * @param port the name of the Service's port, under which EndpointSlices have it; may be empty
 * @param protocol "TCP" or "UDP"
 * @param weight of each backend, 0-100
 * @param prefersIpv6 whether the pods' IPv6 addresses are taken, if they have both
 */
public record Group(
    NamespacedName service, String port, String protocol, int weight, boolean prefersIpv6) {}
