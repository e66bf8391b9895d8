/** What the scheduler sees of a pod: small immutable values, read once from the API's model. */
@NullMarked
package io.viking.scheduler.pod;

import org.jspecify.annotations.NullMarked;
