/** The loop that brings the cloud in line: a pure core and the calls that it asks for. */
@NullMarked
package io.viking.syncer.network.loop;

import org.jspecify.annotations.NullMarked;
