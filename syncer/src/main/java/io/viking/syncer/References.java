package io.viking.syncer;

import io.viking.syncer.pods.manifest.FileSource;
import io.viking.syncer.pods.manifest.ManifestResolver;

/**
 * What pods refer to, as the API server has it.
 *
 * @param resolver for instances that are made
 * @param files for those that there are; of the same reads as the resolver
 * @param watch tells when something of it changes; started and closed with the loops
 */
public record References(ManifestResolver resolver, FileSource files, ReferenceWatch watch) {}
