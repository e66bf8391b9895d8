package io.viking.adapter.sim.shell.command;

import io.viking.adapter.sim.files.FileTree;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param environment of the container's own process
 * @param directory where commands begin
 * @param clock the cloud's
 */
public record Container(
    String hostname,
    Map<String, String> environment,
    String directory,
    FileTree files,
    InstantSource clock) {
  public Container {
    environment = Map.copyOf(environment);
  }
}
