package io.viking.kube.annotations;

/**
 * A name that is to be taken, or to be left alone.
 *
 * @param excluded written with {@code -} before it
 */
public record Choice(String name, boolean excluded) {}
