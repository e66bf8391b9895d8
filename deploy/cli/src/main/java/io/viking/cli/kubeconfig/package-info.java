/** How users and kubectl reach the cluster. */
@NullMarked
package io.viking.cli.kubeconfig;

import org.jspecify.annotations.NullMarked;
