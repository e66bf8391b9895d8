package io.viking.cli.server;

import java.util.Locale;

/** How processes of one machine reach the cloud's adapter: the values of the flag. */
public enum AdapterTransport {
  /** A Unix socket in the data directory, guarded by its permissions. Linux only. */
  UNIX,
  /** A port of the loopback interface, with mutual TLS. */
  TCP;

  /** What this system does unless it is told otherwise. */
  public static AdapterTransport usual() {
    return System.getProperty("os.name").equals("Linux") ? UNIX : TCP;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
