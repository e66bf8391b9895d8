package io.viking.simulation.api;

/**
 * What happened to an object, as a watch tells it.
 *
 * @param deleted it is gone; then {@code object} is its last state
 */
public record Change<T>(boolean deleted, T object) {}
