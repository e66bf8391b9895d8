/**
 * Who of several replicas works: a lease in the API server ({@link
 * io.viking.kube.election.Elector}), and what its holder may still do with it ({@link
 * io.viking.kube.election.Fence}).
 */
@NullMarked
package io.viking.kube.election;

import org.jspecify.annotations.NullMarked;
