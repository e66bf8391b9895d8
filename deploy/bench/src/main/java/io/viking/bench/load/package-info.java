/** Many calls at once. */
@NullMarked
package io.viking.bench.load;

import org.jspecify.annotations.NullMarked;
