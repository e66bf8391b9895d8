package io.viking.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * For tests: the machine's clock as if somebody had set it. How far off it is stands in a file
 * ({@code PT5M}, {@code -PT90S}; no file: not at all), which is read again at every look.
 */
final class SkewedClock implements InstantSource {
  /** Names the file; without this property there is no such clock. */
  static final String PROPERTY = "viking.test.clock-skew-file";

  private final InstantSource machine;
  private final Path file;

  SkewedClock(InstantSource machine, Path file) {
    this.machine = machine;
    this.file = file;
  }

  static Optional<SkewedClock> ofThisProcess() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .map(file -> new SkewedClock(InstantSource.system(), Path.of(file)));
  }

  @Override
  public Instant instant() {
    return machine.instant().plus(skew());
  }

  private Duration skew() {
    try {
      return Duration.parse(Files.readString(file).strip());
    } catch (NoSuchFileException none) {
      return Duration.ZERO;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
