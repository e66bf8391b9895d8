/** What the server logs, where, and in which form. */
@NullMarked
package io.viking.cli.logging;

import org.jspecify.annotations.NullMarked;
