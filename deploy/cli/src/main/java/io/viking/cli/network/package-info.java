/** What Ingresses need of the API server: their classes and the custom resource AlbConfig. */
@NullMarked
package io.viking.cli.network;

import org.jspecify.annotations.NullMarked;
