package io.viking.adapter.sim.shell.command;

import com.google.protobuf.ByteString;
import io.viking.adapter.sim.files.FileError;
import io.viking.adapter.sim.files.FileStatus;
import io.viking.adapter.sim.files.FileTree;
import io.viking.adapter.sim.shell.io.Input;
import io.viking.adapter.sim.shell.io.Sink;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * {@code tar cf - FILE…} and {@code tar xf - [-C DIRECTORY]}, as {@code kubectl cp} calls them:
 * over the standard streams, regular files and directories.
 */
final class Tar implements Command {
  private static final int PIECE = 32 << 10;

  @Override
  public int run(Invocation call) throws IOException, InterruptedException {
    TarOptions options = TarOptions.parse(call.arguments());
    String directory = call.path(options.directory());
    try {
      if (options.extract()) {
        extract(call, directory, options);
        return 0;
      }
      return create(call, directory, options);
    } catch (InterruptedIOException e) {
      InterruptedException interrupted = new InterruptedException();
      interrupted.initCause(e);
      throw interrupted;
    }
  }

  private static int create(Invocation call, String directory, TarOptions options)
      throws IOException, InterruptedException {
    int exit = 0;
    // Not closed when it fails: closing would end the archive as if it were whole.
    TarArchiveOutputStream archive = new TarArchiveOutputStream(stream(call.streams().out()));
    archive.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    archive.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    for (String operand : options.operands()) {
      String path = FileTree.absolute(directory, operand);
      if (call.files().status(path).isEmpty()) {
        call.streams()
            .err()
            .print("tar: " + operand + ": Cannot stat: No such file or directory\n");
        exit = 2;
      } else {
        if (operand.startsWith("/")) {
          call.streams().err().print("tar: Removing leading `/' from member names\n");
        }
        add(archive, call.files(), path, operand.replaceFirst("^/+", ""));
      }
    }
    archive.close();
    if (exit != 0) {
      call.streams().err().print("tar: Exiting with failure status due to previous errors\n");
    }
    return exit;
  }

  private static void add(TarArchiveOutputStream archive, FileTree files, String path, String name)
      throws IOException {
    FileStatus status = files.status(path).orElseThrow(() -> new UsageError(path + ": gone"));
    switch (status.kind()) {
      case DEVICE -> {}
      case DIRECTORY -> {
        String shown = name.isEmpty() ? "./" : name + "/";
        TarArchiveEntry entry = new TarArchiveEntry(shown, TarConstants.LF_DIR);
        entry.setMode(040000 | status.mode());
        entry.setModTime(status.modified().toEpochMilli());
        archive.putArchiveEntry(entry);
        archive.closeArchiveEntry();
        for (Map.Entry<String, FileStatus> child : files.list(path).entrySet()) {
          add(
              archive,
              files,
              FileTree.absolute(path, child.getKey()),
              name.isEmpty() ? child.getKey() : name + "/" + child.getKey());
        }
      }
      case FILE -> {
        ByteString content = files.read(path);
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.size());
        entry.setMode(0100000 | status.mode());
        entry.setModTime(status.modified().toEpochMilli());
        archive.putArchiveEntry(entry);
        content.writeTo(archive);
        archive.closeArchiveEntry();
      }
    }
  }

  private static void extract(Invocation call, String directory, TarOptions options)
      throws IOException, InterruptedException {
    FileTree files = call.files();
    if (files.status(directory).filter(FileStatus::directory).isEmpty()) {
      throw new UsageError(options.directory() + ": Cannot open: No such file or directory");
    }
    Input input = call.streams().in();
    try (TarArchiveInputStream archive = new TarArchiveInputStream(stream(input))) {
      for (TarArchiveEntry entry = archive.getNextEntry();
          entry != null;
          entry = archive.getNextEntry()) {
        String path = within(directory, entry.getName());
        if (entry.isDirectory()) {
          files.makeDirectories(path);
        } else if (entry.isFile()) {
          files.makeDirectories(FileTree.absolute(path, ".."));
          files.create(path, entry.getMode() & 07777);
          byte[] piece = new byte[PIECE];
          for (int read = archive.read(piece); read >= 0; read = archive.read(piece)) {
            files.append(path, ByteString.copyFrom(piece, 0, read));
          }
        } else {
          call.streams().err().print("tar: " + entry.getName() + ": not a file: left out\n");
        }
      }
    }
    while (!input.read().isEmpty()) {
      // what follows the archive's end is padding
    }
  }

  private static String within(String directory, String name) throws FileError, UsageError {
    String path = FileTree.absolute(directory, name.replaceFirst("^/+", ""));
    String prefix = directory.equals("/") ? "/" : directory + "/";
    if (!(path + "/").startsWith(prefix)) {
      throw new UsageError(name + ": leads out of " + directory);
    }
    return path;
  }

  private static OutputStream stream(Sink out) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
          out.write(ByteString.copyFrom(bytes, offset, length));
        } catch (InterruptedException e) {
          throw interrupted(e);
        }
      }
    };
  }

  private static InputStream stream(Input in) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
          ByteString read = in.read(length);
          read.copyTo(bytes, offset);
          return read.isEmpty() && length > 0 ? -1 : read.size();
        } catch (InterruptedException e) {
          throw interrupted(e);
        }
      }
    };
  }

  private static InterruptedIOException interrupted(InterruptedException e) {
    InterruptedIOException wrapped = new InterruptedIOException();
    wrapped.initCause(e);
    return wrapped;
  }
}
