@NullMarked
package io.viking.kube.testing;

import org.jspecify.annotations.NullMarked;
