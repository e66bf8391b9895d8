/** What the scheduler and the syncer may do in a cluster, and nothing else. */
@NullMarked
package io.viking.cli.rights;

import org.jspecify.annotations.NullMarked;
