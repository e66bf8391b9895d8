/** How much memory a process of viking holds. */
@NullMarked
package io.viking.cli.heap;

import org.jspecify.annotations.NullMarked;
