/**
 * What a simulated cloud is made of: its zones, types, prices, limits, latencies and faults, as a
 * validated tree read from YAML.
 */
@NullMarked
package io.viking.adapter.sim.profile;

import org.jspecify.annotations.NullMarked;
