package io.viking.syncer.nodes;

import io.viking.cloud.v1.Zone;
import java.util.Optional;

/**
 * What the cloud says of one zone.
 *
 * @param zone empty: the catalog has it no more
 * @param architecture as in the label kubernetes.io/arch
 * @param reachable false: the cloud does not answer; {@code zone} is what it said last
 */
record CloudView(Optional<Zone> zone, String architecture, boolean reachable) {}
