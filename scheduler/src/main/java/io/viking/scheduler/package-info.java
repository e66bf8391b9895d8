@NullMarked
package io.viking.scheduler;

import org.jspecify.annotations.NullMarked;
