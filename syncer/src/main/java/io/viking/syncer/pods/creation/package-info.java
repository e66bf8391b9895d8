/** Asking the cloud for instances: what a refusal means, how fast to ask, what fits one call. */
@NullMarked
package io.viking.syncer.pods.creation;

import org.jspecify.annotations.NullMarked;
