/**
 * Decisions per second, measured by JMH: {@code ./verify -q -Pjmh -pl scheduler -am}. Nothing here
 * is run by the ordinary build.
 */
@NullMarked
package io.viking.scheduler.benchmark;

import org.jspecify.annotations.NullMarked;
