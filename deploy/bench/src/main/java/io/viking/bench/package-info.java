/** Benchmarks of a cluster: storms of pods, next to the floor that its API server allows. */
@NullMarked
package io.viking.bench;

import org.jspecify.annotations.NullMarked;
