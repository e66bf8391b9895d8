/** How pods of a cluster that has machines, too, come to choose zones. */
@NullMarked
package io.viking.cli.hybrid;

import org.jspecify.annotations.NullMarked;
