/**
 * Builds the upstream binaries from their published Go modules, once per user: {@link
 * io.viking.controlplane.build.NativeBuild}.
 */
@NullMarked
package io.viking.controlplane.build;

import org.jspecify.annotations.NullMarked;
