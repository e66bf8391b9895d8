/**
 * What Services and Ingresses need of the API server: classes, the custom resource AlbConfig, and
 * no node ports.
 */
@NullMarked
package io.viking.cli.network;

import org.jspecify.annotations.NullMarked;
