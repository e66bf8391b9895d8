/**
 * The cloud's own pod annotations: one registry of their keys, forms, defaults and meanings, for
 * all who read them. What they do to an instance or to a placement is their readers' business.
 */
@NullMarked
package io.viking.kube.annotations;

import org.jspecify.annotations.NullMarked;
