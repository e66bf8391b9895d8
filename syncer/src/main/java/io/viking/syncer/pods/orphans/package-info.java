/** Instances whose pods are gone: when it is safe to believe so. */
@NullMarked
package io.viking.syncer.pods.orphans;

import org.jspecify.annotations.NullMarked;
