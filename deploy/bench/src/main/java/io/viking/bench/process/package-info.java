/** Memory and CPU time of the processes of a cluster. */
@NullMarked
package io.viking.bench.process;

import org.jspecify.annotations.NullMarked;
