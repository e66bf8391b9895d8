/** Which instance types a pod may become: by its size, its annotations and its node selectors. */
@NullMarked
package io.viking.scheduler.type;

import org.jspecify.annotations.NullMarked;
