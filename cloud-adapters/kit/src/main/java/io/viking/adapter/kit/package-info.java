@NullMarked
package io.viking.adapter.kit;

import org.jspecify.annotations.NullMarked;
