package io.viking.kube.events;

/**
 * Who tells.
 *
 * @param component "viking-scheduler"; shown by {@code kubectl describe}
 * @param instance which of several, as a host name or pod name
 */
public record EventSource(String component, String instance) {}
