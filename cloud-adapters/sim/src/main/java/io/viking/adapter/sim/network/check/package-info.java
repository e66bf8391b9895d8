/** What the cloud refuses before it looks at what it has: declarations that can never be. */
@NullMarked
package io.viking.adapter.sim.network.check;

import org.jspecify.annotations.NullMarked;
