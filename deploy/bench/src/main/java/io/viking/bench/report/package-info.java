/** Results as values, as JSON and as a chart. */
@NullMarked
package io.viking.bench.report;

import org.jspecify.annotations.NullMarked;
