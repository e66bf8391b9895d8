package io.viking.cli.parts;

import io.viking.kube.election.ElectionConfig;

/**
 * How this process shares the work with others of its kind.
 *
 * @param shards into how many parts all work is divided, each with a lease of its own; 1: one
 *     process does all of it
 */
public record ReplicaConfig(ElectionConfig election, int shards) {}
