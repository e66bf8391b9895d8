@NullMarked
package io.viking.cli;

import org.jspecify.annotations.NullMarked;
