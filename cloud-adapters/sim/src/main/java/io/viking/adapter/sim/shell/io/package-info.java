/** What goes in and out of commands: streams of bytes with back-pressure, pipes, a terminal. */
@NullMarked
package io.viking.adapter.sim.shell.io;

import org.jspecify.annotations.NullMarked;
