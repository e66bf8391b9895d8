/** From an instance to its pod's status, in the kubelet's words. */
@NullMarked
package io.viking.syncer.pods.status;

import org.jspecify.annotations.NullMarked;
