@NullMarked
package io.viking.kube.queue;

import org.jspecify.annotations.NullMarked;
