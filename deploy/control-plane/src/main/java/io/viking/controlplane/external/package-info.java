/** A cluster that is not ours: {@link io.viking.controlplane.external.ExternalControlPlane}. */
@NullMarked
package io.viking.controlplane.external;

import org.jspecify.annotations.NullMarked;
