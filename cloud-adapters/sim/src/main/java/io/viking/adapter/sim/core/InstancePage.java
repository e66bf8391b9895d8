package io.viking.adapter.sim.core;

import io.viking.cloud.v1.Instance;
import java.util.List;

/**
 * Some instances in the order of their making.
 *
 * @param lastSerial after which the next page begins
 * @param more there are more
 */
public record InstancePage(List<Instance> instances, long lastSerial, boolean more) {}
