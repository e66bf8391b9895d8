package io.viking.controlplane.upstream;

import io.viking.controlplane.ControlPlaneException;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.PrivateFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The API server's data at rest: which version wrote it, and a copy of it before a newer one does.
 */
final class EtcdData {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final DataDirectory directory;

  EtcdData(DataDirectory directory) {
    this.directory = directory;
  }

  /**
   * Backs the data up if {@code version} is a newer minor than the one that wrote it. Etcd must not
   * run.
   *
   * @return where the copy is, if one was made
   * @throws ControlPlaneException if the version is too old for the data, or the copy fails
   */
  Optional<Path> prepare(String version, Instant now) {
    return switch (Upgrade.decide(writtenBy(), version)) {
      case Upgrade.None() -> Optional.empty();
      case Upgrade.Backup(String from, String to) ->
          Optional.of(copy(directory.backups().resolve("etcd-" + from + "-" + STAMP.format(now))));
      case Upgrade.Refused(String from, String to) ->
          throw new ControlPlaneException(
              "%s was written by Kubernetes %s, which %s cannot read: use a newer viking, or restore a backup from %s."
                  .formatted(directory.path(), from, to, directory.backups()));
    };
  }

  /** Notes that {@code version} has run on the data. */
  void written(String version) {
    if (!writtenBy().equals(Optional.of(version))) {
      PrivateFiles.write(file(), version + "\n");
    }
  }

  private Optional<String> writtenBy() {
    return Files.exists(file()) ? Optional.of(PrivateFiles.read(file()).strip()) : Optional.empty();
  }

  private Path file() {
    return directory.path().resolve("kubernetes-version");
  }

  private Path copy(Path target) {
    Path source = directory.etcd();
    Path partial = target.resolveSibling(target.getFileName() + ".partial");
    try {
      Files.walkFileTree(source, new CopyTo(source, partial));
      Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
      return target;
    } catch (IOException e) {
      throw PrivateFiles.failure("cannot back etcd up to " + target, e);
    }
  }

  private static final class CopyTo extends SimpleFileVisitor<Path> {
    private final Path source;
    private final Path target;

    CopyTo(Path source, Path target) {
      this.source = source;
      this.target = target;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      PrivateFiles.directory(target.resolve(source.relativize(path)));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
      Files.copy(path, target.resolve(source.relativize(path)), StandardCopyOption.COPY_ATTRIBUTES);
      return FileVisitResult.CONTINUE;
    }
  }
}
