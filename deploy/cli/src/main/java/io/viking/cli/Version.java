package io.viking.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of Viking, as the build wrote it beside the classes. */
public final class Version {
  private Version() {}

  /** Such as {@code 0.1.0}. */
  public static String viking() {
    try (var in = Version.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("version.properties is missing beside the classes");
      }
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("viking", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read version.properties", e);
    }
  }
}
