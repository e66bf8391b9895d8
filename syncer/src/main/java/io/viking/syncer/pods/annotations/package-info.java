/** What the cloud's own pod annotations do to an instance; their registry is in kube. */
@NullMarked
package io.viking.syncer.pods.annotations;

import org.jspecify.annotations.NullMarked;
