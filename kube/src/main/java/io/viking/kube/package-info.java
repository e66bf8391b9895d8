@NullMarked
package io.viking.kube;

import org.jspecify.annotations.NullMarked;
