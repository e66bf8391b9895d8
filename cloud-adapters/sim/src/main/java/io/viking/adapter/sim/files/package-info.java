/** What a simulated container has for files: a small tree of its own and the pod's volumes. */
@NullMarked
package io.viking.adapter.sim.files;

import org.jspecify.annotations.NullMarked;
