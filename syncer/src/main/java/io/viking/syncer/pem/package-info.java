/** Keys and certificates as they stand in files and Secrets. */
@NullMarked
package io.viking.syncer.pem;

import org.jspecify.annotations.NullMarked;
