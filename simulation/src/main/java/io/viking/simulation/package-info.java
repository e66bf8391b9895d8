/** The whole of Viking in one thread and in virtual time, from a seed. */
@NullMarked
package io.viking.simulation;

import org.jspecify.annotations.NullMarked;
