/** The cloud's own view, asked over the contract. */
@NullMarked
package io.viking.cli.cloud;

import org.jspecify.annotations.NullMarked;
