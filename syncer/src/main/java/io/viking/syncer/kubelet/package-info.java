/** The kubelet's HTTPS API, for all zone nodes at once. */
@NullMarked
package io.viking.syncer.kubelet;

import org.jspecify.annotations.NullMarked;
