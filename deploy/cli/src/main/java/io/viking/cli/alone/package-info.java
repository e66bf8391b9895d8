/** Commands that run one part of Viking alone, in a process of its own. */
@NullMarked
package io.viking.cli.alone;

import org.jspecify.annotations.NullMarked;
