/** How commands print: tables, ages, progress. */
@NullMarked
package io.viking.cli.output;

import org.jspecify.annotations.NullMarked;
