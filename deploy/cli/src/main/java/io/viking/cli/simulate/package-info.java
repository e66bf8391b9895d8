/** {@code viking simulate}: the whole in one thread and virtual time. */
@NullMarked
package io.viking.cli.simulate;

import org.jspecify.annotations.NullMarked;
