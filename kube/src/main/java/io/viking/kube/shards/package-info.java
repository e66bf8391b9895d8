/**
 * Work that several processes share: divided into shards by a hash of UIDs, a Lease for each, which
 * the processes hold about as many of.
 */
@NullMarked
package io.viking.kube.shards;

import org.jspecify.annotations.NullMarked;
