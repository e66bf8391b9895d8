/** Scores: which of the zones that are left is the best for the next pod? */
@NullMarked
package io.viking.scheduler.score;

import org.jspecify.annotations.NullMarked;
