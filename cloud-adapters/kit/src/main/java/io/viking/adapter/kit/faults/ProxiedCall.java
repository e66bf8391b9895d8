package io.viking.adapter.kit.faults;

/**
 * A call that has reached the proxy.
 *
 * @param method {@code InstanceService/CreateInstances}
 * @param number from 0, among the calls of its method
 * @param stream whether it has a stream of answers rather than one
 */
public record ProxiedCall(String method, long number, boolean stream) {}
