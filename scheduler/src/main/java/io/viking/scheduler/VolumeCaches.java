package io.viking.scheduler;

import io.kubernetes.client.openapi.models.V1PersistentVolume;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1StorageClass;
import io.viking.kube.cache.ObjectCache;

/**
 * What decides about pods with volumes. Not started: the scheduler does that when the first pod
 * with a claim comes, so that a cluster without such pods makes no list and holds no watch.
 */
public record VolumeCaches(
    ObjectCache<V1PersistentVolumeClaim> claims,
    ObjectCache<V1PersistentVolume> volumes,
    ObjectCache<V1StorageClass> classes) {}
