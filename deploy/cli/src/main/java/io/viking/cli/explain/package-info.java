/** Why things are as they are. */
@NullMarked
package io.viking.cli.explain;

import org.jspecify.annotations.NullMarked;
