package io.viking.adapter.sim.shell;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.files.FileTree;
import io.viking.adapter.sim.shell.Script.Redirection;
import io.viking.adapter.sim.shell.command.Reading;
import io.viking.adapter.sim.shell.io.Input;
import io.viking.adapter.sim.shell.io.Sink;
import io.viking.adapter.sim.shell.io.Streams;
import java.io.IOException;
import java.util.List;

/** Opens the files that a command's streams are led to. */
final class Redirections {
  private Redirections() {}

  /** In their order, since one may lead to where another led before. */
  static Streams apply(List<Redirection> redirections, FileTree files, State state, Streams streams)
      throws IOException {
    Input in = streams.in();
    Sink out = streams.out();
    Sink err = streams.err();
    for (Redirection redirection : redirections) {
      switch (redirection) {
        case Redirection.Read read -> in = new Input(Reading.of(files, path(read.file(), state)));
        case Redirection.Write write -> {
          String path = path(write.file(), state);
          if (!write.append()) {
            files.create(path, 0644);
          }
          files.append(path, ByteString.EMPTY);
          Sink sink = bytes -> files.append(path, bytes);
          out = write.stream() == 1 ? sink : out;
          err = write.stream() == 2 ? sink : err;
        }
        case Redirection.Join join -> {
          Sink other = join.other() == 1 ? out : err;
          out = join.stream() == 1 ? other : out;
          err = join.stream() == 2 ? other : err;
        }
      }
    }
    return new Streams(in, out, err);
  }

  private static String path(Word file, State state) {
    return FileTree.absolute(state.directory, file.text(state::value));
  }
}
