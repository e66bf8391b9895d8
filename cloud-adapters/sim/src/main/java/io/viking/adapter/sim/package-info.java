@NullMarked
package io.viking.adapter.sim;

import org.jspecify.annotations.NullMarked;
