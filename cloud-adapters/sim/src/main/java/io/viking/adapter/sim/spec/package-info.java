/**
 * From what a caller asks for (a pod as a manifest, purchase, candidates) to what the cloud
 * understands of it: pure, no state.
 */
@NullMarked
package io.viking.adapter.sim.spec;

import org.jspecify.annotations.NullMarked;
