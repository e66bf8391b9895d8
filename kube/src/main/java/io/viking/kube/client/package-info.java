@NullMarked
package io.viking.kube.client;

import org.jspecify.annotations.NullMarked;
