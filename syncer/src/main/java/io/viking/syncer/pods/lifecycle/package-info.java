/** The life of one pod as a pure state machine; see docs/design/0004-pod-lifecycle.md. */
@NullMarked
package io.viking.syncer.pods.lifecycle;

import org.jspecify.annotations.NullMarked;
