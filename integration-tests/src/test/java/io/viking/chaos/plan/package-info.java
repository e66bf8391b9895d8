/** What a chaos run will do, as a pure function of its seed and size. */
@NullMarked
package io.viking.chaos.plan;

import org.jspecify.annotations.NullMarked;
