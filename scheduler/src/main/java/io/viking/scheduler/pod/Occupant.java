package io.viking.scheduler.pod;

import java.time.Instant;

/**
 * A pod of ours as it occupies a part of the account's quotas.
 *
 * @param type of its instance; empty as long as the pod does not say it
 */
public record Occupant(PodRef ref, int priority, Instant created, String type) {}
