/** What a client sees of a storm over a watch, and when. */
@NullMarked
package io.viking.bench.watch;

import org.jspecify.annotations.NullMarked;
