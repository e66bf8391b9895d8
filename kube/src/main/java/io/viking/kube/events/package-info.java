@NullMarked
package io.viking.kube.events;

import org.jspecify.annotations.NullMarked;
