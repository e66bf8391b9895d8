@NullMarked
package io.viking.syncer;

import org.jspecify.annotations.NullMarked;
