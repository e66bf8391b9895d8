/** How an adapter says that something failed: as the status of a call or as an item of a batch. */
@NullMarked
package io.viking.adapter.kit.failure;

import org.jspecify.annotations.NullMarked;
