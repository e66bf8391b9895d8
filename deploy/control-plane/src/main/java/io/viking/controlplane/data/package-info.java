/**
 * Where a cluster lives on disk: {@link io.viking.controlplane.data.DataDirectory}, the lock that
 * one running {@code viking up} holds on it, and the cache of built binaries.
 */
@NullMarked
package io.viking.controlplane.data;

import org.jspecify.annotations.NullMarked;
