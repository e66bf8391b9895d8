/** The records of a Service, as the Kubernetes DNS specification has them. */
@NullMarked
package io.viking.syncer.network.dns;

import org.jspecify.annotations.NullMarked;
