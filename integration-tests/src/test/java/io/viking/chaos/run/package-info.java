/** Carries a chaos plan out on a real system, and watches what comes of it from both sides. */
@NullMarked
package io.viking.chaos.run;

import org.jspecify.annotations.NullMarked;
