package io.viking.adapter.sim.shell.io;

/** The three streams of a command. */
public record Streams(Input in, Sink out, Sink err) {}
