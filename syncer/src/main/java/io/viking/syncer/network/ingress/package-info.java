/** Ingresses, their classes and certificates → listeners and rules of a load balancer. */
@NullMarked
package io.viking.syncer.network.ingress;

import org.jspecify.annotations.NullMarked;
