/** Commands about a cluster that runs or ran: status, logs, down, reset. */
@NullMarked
package io.viking.cli.lifecycle;

import org.jspecify.annotations.NullMarked;
