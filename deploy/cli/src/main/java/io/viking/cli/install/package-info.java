/** Objects that viking itself keeps in the API server, and how they get there. */
@NullMarked
package io.viking.cli.install;

import org.jspecify.annotations.NullMarked;
