/** Doubles that the syncer's tests share. */
@NullMarked
package io.viking.syncer.testing;

import org.jspecify.annotations.NullMarked;
