/** What a load balancer should be, as a value, and what its server groups lack. */
@NullMarked
package io.viking.syncer.network.lb;

import org.jspecify.annotations.NullMarked;
