@NullMarked
package io.viking.kube.loop;

import org.jspecify.annotations.NullMarked;
