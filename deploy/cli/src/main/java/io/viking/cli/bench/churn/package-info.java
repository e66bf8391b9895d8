/** {@code viking bench churn}. */
@NullMarked
package io.viking.cli.bench.churn;

import org.jspecify.annotations.NullMarked;
