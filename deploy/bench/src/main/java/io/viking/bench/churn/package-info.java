/** How long one pod takes while others come and go at a steady rate. */
@NullMarked
package io.viking.bench.churn;

import org.jspecify.annotations.NullMarked;
