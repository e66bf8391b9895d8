/**
 * The cluster's profile, ConfigMap {@code kube-system/eci-profile}: what holds for pods that do not
 * say otherwise.
 */
@NullMarked
package io.viking.kube.profile;

import org.jspecify.annotations.NullMarked;
