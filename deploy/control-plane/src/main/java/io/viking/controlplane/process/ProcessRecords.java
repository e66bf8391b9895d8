package io.viking.controlplane.process;

import io.viking.controlplane.data.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of child processes, one file {@code NAME.process} each. */
public final class ProcessRecords {
  private static final Logger log = LoggerFactory.getLogger(ProcessRecords.class);
  private static final String SUFFIX = ".process";

  private final Path directory;

  public ProcessRecords(Path directory) {
    this.directory = directory;
  }

  void write(ProcessRecord record) {
    PrivateFiles.write(file(record.name()), record.text());
  }

  void remove(String name) {
    try {
      Files.deleteIfExists(file(name));
    } catch (IOException e) {
      throw PrivateFiles.failure("cannot delete " + file(name), e);
    }
  }

  List<ProcessRecord> all() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .sorted()
          .map(ProcessRecords::read)
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException e) {
      throw PrivateFiles.failure("cannot read " + directory, e);
    }
  }

  private static Optional<ProcessRecord> read(Path file) {
    try {
      return Optional.of(ProcessRecord.parse(PrivateFiles.read(file)));
    } catch (IllegalArgumentException e) {
      log.warn("{} is damaged, so a process that it names would not be recognised", file, e);
      return Optional.empty();
    }
  }

  private Path file(String name) {
    return directory.resolve(name + SUFFIX);
  }
}
