/**
 * The parts of Viking, each put together once: {@code viking up} runs them in one process, {@code
 * viking scheduler}, {@code viking syncer} and {@code viking adapter sim} each in its own.
 */
@NullMarked
package io.viking.cli.parts;

import org.jspecify.annotations.NullMarked;
