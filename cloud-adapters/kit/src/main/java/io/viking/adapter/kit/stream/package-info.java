/** Change logs for watches, pages for lists, and streams that wait for slow readers. */
@NullMarked
package io.viking.adapter.kit.stream;

import org.jspecify.annotations.NullMarked;
