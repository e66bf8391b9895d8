/**
 * Many small calls over few HTTP/2 connections, without a thread for any of them. It knows nothing
 * of Kubernetes.
 */
@NullMarked
package io.viking.kube.http2;

import org.jspecify.annotations.NullMarked;
