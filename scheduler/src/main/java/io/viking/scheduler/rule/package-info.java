/** Rules between pods: may one more go to a zone, given who is there already? */
@NullMarked
package io.viking.scheduler.rule;

import org.jspecify.annotations.NullMarked;
