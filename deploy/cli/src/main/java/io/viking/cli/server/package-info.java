/** What {@code viking up} runs in its process. */
@NullMarked
package io.viking.cli.server;

import org.jspecify.annotations.NullMarked;
