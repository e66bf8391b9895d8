package io.viking.syncer.network;

import io.kubernetes.client.openapi.models.V1EndpointSlice;
import io.kubernetes.client.openapi.models.V1Ingress;
import io.kubernetes.client.openapi.models.V1IngressClass;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.viking.kube.cache.ObjectCache;
import io.viking.syncer.network.ingress.AlbConfigObject;

/**
 * What the network follows of the API server.
 *
 * @param secrets those of type kubernetes.io/tls alone
 * @param albConfigs may never be synced: the resource need not exist
 */
public record NetworkCaches(
    ObjectCache<V1Service> services,
    ObjectCache<V1EndpointSlice> slices,
    ObjectCache<V1Ingress> ingresses,
    ObjectCache<V1IngressClass> classes,
    ObjectCache<V1Secret> secrets,
    ObjectCache<AlbConfigObject> albConfigs) {}
