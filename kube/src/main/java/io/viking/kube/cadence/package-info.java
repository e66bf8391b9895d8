/** How often a thread that gathers work comes back for more. */
@NullMarked
package io.viking.kube.cadence;

import org.jspecify.annotations.NullMarked;
