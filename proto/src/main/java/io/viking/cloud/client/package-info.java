/** What callers of the contract share: following lists and watches. */
@NullMarked
package io.viking.cloud.client;

import org.jspecify.annotations.NullMarked;
