package io.viking.bench.rival;

import io.viking.controlplane.data.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the files of one cluster's rivals are: what they are told, what they wrote, and which
 * processes they are, for the next run to find should this one be killed.
 */
public record RivalDirectory(Path root) {
  private static final String CERTIFICATE = "kube-scheduler.crt";
  private static final String KEY = "kube-scheduler.key";

  /** Makes what is missing; certificates of an earlier run go, they may have expired. */
  void prepare() {
    for (Path directory : List.of(root, logs(), records(), certificates())) {
      PrivateFiles.directory(directory);
    }
    for (String old : List.of(CERTIFICATE, KEY)) {
      try {
        Files.deleteIfExists(certificates().resolve(old));
      } catch (IOException e) {
        throw PrivateFiles.failure("cannot delete " + certificates().resolve(old), e);
      }
    }
  }

  Path schedulerConfiguration() {
    return root.resolve("kube-scheduler.yaml");
  }

  Path kwokConfiguration() {
    return root.resolve("kwok.yaml");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  Path log(String process) {
    return logs().resolve(process + ".log");
  }

  Path records() {
    return root.resolve("run");
  }

  /** Where kube-scheduler puts the certificate that it signs for itself. */
  Path certificates() {
    return root.resolve("tls");
  }

  Path schedulerCertificate() {
    return certificates().resolve(CERTIFICATE);
  }
}
