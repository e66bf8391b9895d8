package io.viking.bench.process;

/**
 * A process that is watched.
 *
 * @param name as reports call it: "kube-apiserver"
 */
public record ObservedProcess(String name, long pid) {}
