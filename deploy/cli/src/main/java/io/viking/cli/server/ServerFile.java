package io.viking.cli.server;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.PrivateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a running process of viking can be asked; other processes read it. That of {@code viking
 * up} is {@code run/viking.json}, true only while its process holds the data directory.
 *
 * @param pid of the process that wrote it
 * @param http {@code http://127.0.0.1:PORT}, which serves health, metrics and the status
 * @param token what proves to it that a caller may read this file, for calls that change something
 */
public record ServerFile(long pid, String http, String token) {
  /** Where the {@code viking up} of a data directory says it. */
  static Path path(DataDirectory directory) {
    return directory.run().resolve("viking.json");
  }

  public static ServerFile ofThisProcess(String http, String token) {
    return new ServerFile(ProcessHandle.current().pid(), http, token);
  }

  public void write(Path file) {
    PrivateFiles.write(file, new Gson().toJson(this) + "\n");
  }

  /** What the process that holds the directory now has written; empty if it has not yet. */
  public static Optional<ServerFile> read(DataDirectory directory) {
    return directory
        .owner()
        .flatMap(owner -> read(path(directory)).filter(server -> server.pid() == owner.pid()));
  }

  /** What is written there, be it true or not; empty if nothing is. */
  static Optional<ServerFile> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(new Gson().fromJson(PrivateFiles.read(file), ServerFile.class));
    } catch (JsonSyntaxException e) {
      return Optional.empty();
    }
  }
}
