package io.viking.cli.server;

import com.google.gson.Gson;
import com.google.gson.JsonSyntaxException;
import io.viking.controlplane.data.DataDirectory;
import io.viking.controlplane.data.DataDirectoryOwner;
import io.viking.controlplane.data.PrivateFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the running {@code viking up} can be asked, in {@code run/viking.json}; other commands read
 * it. Only while its process holds the data directory is it true.
 *
 * @param pid of the process that wrote it
 * @param http {@code http://127.0.0.1:PORT}, which serves health, metrics and the status
 * @param token what proves to it that a caller may read this file, for calls that change something
 */
public record ServerFile(long pid, String http, String token) {
  private static Path file(DataDirectory directory) {
    return directory.run().resolve("viking.json");
  }

  void write(DataDirectory directory) {
    PrivateFiles.write(file(directory), new Gson().toJson(this) + "\n");
  }

  /** What the process that holds the directory now has written; empty if it has not yet. */
  public static Optional<ServerFile> read(DataDirectory directory) {
    Optional<DataDirectoryOwner> owner = directory.owner();
    if (owner.isEmpty() || !Files.exists(file(directory))) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
              new Gson().fromJson(PrivateFiles.read(file(directory)), ServerFile.class))
          .filter(server -> server.pid() == owner.get().pid());
    } catch (JsonSyntaxException e) {
      return Optional.empty();
    }
  }
}
