/** Shapes, catalogs and zones for tests, written in a line. */
@NullMarked
package io.viking.scheduler.testing;

import org.jspecify.annotations.NullMarked;
