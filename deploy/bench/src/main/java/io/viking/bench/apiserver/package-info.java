/** What the API server's own metrics say of a stretch of time. */
@NullMarked
package io.viking.bench.apiserver;

import org.jspecify.annotations.NullMarked;
