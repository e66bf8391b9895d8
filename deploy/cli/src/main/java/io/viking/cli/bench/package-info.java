/** Benchmarks as commands. */
@NullMarked
package io.viking.cli.bench;

import org.jspecify.annotations.NullMarked;
