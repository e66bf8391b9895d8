/** Doubles of the syncer's two sides, in memory. */
@org.jspecify.annotations.NullMarked
package io.viking.syncer.testing;
