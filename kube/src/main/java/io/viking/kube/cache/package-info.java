@NullMarked
package io.viking.kube.cache;

import org.jspecify.annotations.NullMarked;
