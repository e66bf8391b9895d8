/** The command that starts a cluster, in the foreground or in the background. */
@NullMarked
package io.viking.cli.up;

import org.jspecify.annotations.NullMarked;
