/** JSON trees of Kubernetes objects, read without nulls and written without empty fields. */
@NullMarked
package io.viking.syncer.pods.json;

import org.jspecify.annotations.NullMarked;
