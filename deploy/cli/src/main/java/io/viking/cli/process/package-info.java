/** How the processes that stay begin and end. */
@NullMarked
package io.viking.cli.process;

import org.jspecify.annotations.NullMarked;
