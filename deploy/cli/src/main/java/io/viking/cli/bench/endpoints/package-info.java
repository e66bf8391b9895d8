/** {@code viking bench endpoints}. */
@NullMarked
package io.viking.cli.bench.endpoints;

import org.jspecify.annotations.NullMarked;
