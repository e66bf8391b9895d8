/**
 * Services, names and Ingresses: manifests in, then HTTP, TLS, UDP and DNS as their clients ask.
 */
package io.viking.system.network;
