/**
 * A model of the API server: the verbs that loops use, watches by revision, and the rules of
 * deletion. Checked against the real one by `ApiModelIT`.
 */
@NullMarked
package io.viking.simulation.api;

import org.jspecify.annotations.NullMarked;
