package io.viking.adapter.sim.core;

import io.viking.cloud.v1.Instance;

/**
 * The last state of an instance that changed.
 *
 * @param deleted it stands in no list any more
 */
public record InstanceChange(Instance instance, boolean deleted) {}
