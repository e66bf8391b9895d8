/** One Node per availability zone, kept alive. */
@NullMarked
package io.viking.syncer.nodes;

import org.jspecify.annotations.NullMarked;
