/** What a pod refers to, resolved: from a pod to the instance that it asks for. */
@NullMarked
package io.viking.syncer.pods.manifest;

import org.jspecify.annotations.NullMarked;
