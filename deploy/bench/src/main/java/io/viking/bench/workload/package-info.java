/** What a storm is made of: pods of one shape, created bare or by controllers. */
@NullMarked
package io.viking.bench.workload;

import org.jspecify.annotations.NullMarked;
