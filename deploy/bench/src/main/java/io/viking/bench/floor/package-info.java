/** The floor: the same pods taken through the least calls there are by a client with no logic. */
@NullMarked
package io.viking.bench.floor;

import org.jspecify.annotations.NullMarked;
