/** Users, a controller manager, a cloud's operator, and what must hold whatever they do. */
@NullMarked
package io.viking.simulation.world;

import org.jspecify.annotations.NullMarked;
