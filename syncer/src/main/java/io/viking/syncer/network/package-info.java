/**
 * Services, headless Services and Ingress → load balancers and DNS records of the cloud.
 *
 * <p>What the API server wants becomes a pure value ({@code service}, {@code dns}, {@code lb},
 * {@code ingress}); what the cloud lacks of it becomes calls ({@code loop}). A changed endpoint
 * touches the server groups and records that use it and no other.
 */
@NullMarked
package io.viking.syncer.network;

import org.jspecify.annotations.NullMarked;
