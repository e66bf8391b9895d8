/** A storm: many pods at once, from the first create to the last Running, and their deletion. */
@NullMarked
package io.viking.bench.storm;

import org.jspecify.annotations.NullMarked;
