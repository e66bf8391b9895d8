package io.viking.adapter.sim.files;

import java.io.IOException;

/** Why a file cannot be had, in the words of POSIX: "/etc/x: No such file or directory". */
public final class FileError extends IOException {
  private static final long serialVersionUID = 1L;

  private FileError(String path, String problem) {
    super(path + ": " + problem);
  }

  static FileError absent(String path) {
    return new FileError(path, "No such file or directory");
  }

  static FileError notADirectory(String path) {
    return new FileError(path, "Not a directory");
  }

  static FileError isADirectory(String path) {
    return new FileError(path, "Is a directory");
  }

  static FileError readOnly(String path) {
    return new FileError(path, "Read-only file system");
  }

  static FileError exists(String path) {
    return new FileError(path, "File exists");
  }

  static FileError busy(String path) {
    return new FileError(path, "Device or resource busy");
  }

  /** The path stands in the message as far as a person reads it. */
  static FileError tooLong(String path) {
    return new FileError(path.substring(0, 64) + "…", "File name too long");
  }

  static FileError full(String path) {
    return new FileError(path, "No space left on device");
  }
}
