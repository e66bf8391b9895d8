package io.viking.cli.server;

import io.viking.cli.logging.LogFormat;

/**
 * What processes of their own need to be told, beside what is in {@link ServerOptions}.
 *
 * @param profile of the simulated cloud, as {@code --profile} takes it in any directory
 */
public record ApartOptions(AdapterTransport transport, String profile, LogFormat logFormat) {}
