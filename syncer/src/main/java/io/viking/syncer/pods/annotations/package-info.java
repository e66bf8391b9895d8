/** The cloud's own pod annotations: one registry of what each means and does. */
@NullMarked
package io.viking.syncer.pods.annotations;

import org.jspecify.annotations.NullMarked;
