/** An HTTPS proxy that stands before an API server and does to its calls what networks do. */
@NullMarked
package io.viking.chaos.api;

import org.jspecify.annotations.NullMarked;
