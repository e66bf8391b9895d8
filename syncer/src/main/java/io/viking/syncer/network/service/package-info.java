/**
 * Services, EndpointSlices and what stands in them, read off the API's objects once; nothing here
 * is null.
 */
@NullMarked
package io.viking.syncer.network.service;

import org.jspecify.annotations.NullMarked;
