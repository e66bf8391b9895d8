@NullMarked
package io.viking.controlplane;

import org.jspecify.annotations.NullMarked;
