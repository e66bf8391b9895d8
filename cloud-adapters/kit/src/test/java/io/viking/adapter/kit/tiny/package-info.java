/**
 * The smallest adapter that keeps the contract: a pool in memory whose containers do nothing. It is
 * the example of docs/writing-an-adapter.md, and what the contract's tests are tested with.
 */
@NullMarked
package io.viking.adapter.kit.tiny;

import org.jspecify.annotations.NullMarked;
