package io.viking.cli.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Runs shell code with an environment of its own and nothing else. */
final class Shell {
  /** The project's root, seen from deploy/cli where Maven runs the tests. */
  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private Shell() {}

  record Result(int exitCode, String out, String err) {
    List<String> lines() {
      return out.lines().toList();
    }

    String lastLine() {
      return lines().isEmpty() ? "" : lines().getLast();
    }
  }

  static Result run(Path directory, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("viking-shell", ".out");
    Path err = Files.createTempFile("viking-shell", ".err");
    try {
      var builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      int code = builder.start().waitFor();
      return new Result(
          code,
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Writes an executable file, and the directories above it. */
  static Path executable(Path file, String... lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines) + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make executable: " + file);
    }
    return file;
  }

  /** A directory that looks like a JDK of that version. */
  static Path fakeJdk(Path home, String version) throws IOException {
    executable(home.resolve("bin/javac"), "#!/bin/sh", "exit 1");
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\nOS_ARCH=\"x86_64\"\n");
    return home;
  }

  /** A directory with only these programs of the system, for a PATH that holds no others. */
  static Path tools(Path directory, String... names) throws IOException {
    for (String name : names) {
      Path real =
          Files.exists(Path.of("/usr/bin", name))
              ? Path.of("/usr/bin", name)
              : Path.of("/bin", name);
      executable(directory.resolve(name), "#!/bin/sh", "exec " + real + " \"$@\"");
    }
    return directory;
  }

  /** A PATH of these directories before the system's own. */
  static String path(Path... directories) {
    return String.join(
        ":",
        Stream.concat(Arrays.stream(directories).map(Path::toString), Stream.of("/usr/bin", "/bin"))
            .toList());
  }
}
