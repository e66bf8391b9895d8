/** The decision on a group: filter the zones once, pour the group over them, explain the rest. */
@NullMarked
package io.viking.scheduler.decision;

import org.jspecify.annotations.NullMarked;
