/** A relay of bytes that cuts connections in the middle of whatever they carry. */
@NullMarked
package io.viking.chaos.wire;

import org.jspecify.annotations.NullMarked;
