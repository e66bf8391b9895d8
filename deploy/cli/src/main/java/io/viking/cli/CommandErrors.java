package io.viking.cli;

import io.viking.controlplane.ControlPlaneException;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Answers a failed command with one sentence; {@code --debug} adds the stack trace. */
final class CommandErrors implements IExecutionExceptionHandler {
  private final VikingCommand root;

  CommandErrors(VikingCommand root) {
    this.root = root;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
    PrintWriter err = command.getErr();
    err.println("viking: " + sentence(e));
    if (root.debug()) {
      e.printStackTrace(err);
    }
    err.flush();
    return e instanceof CommandFailure failure ? failure.exitCode() : ExitCode.FAILED;
  }

  /** What a user is told about an exception; a defect of ours says that it is one. */
  static String sentence(Exception e) {
    String message = Optional.ofNullable(e.getMessage()).map(String::strip).orElse("");
    return switch (e) {
      case CommandFailure failure -> message;
      case ControlPlaneException failure -> message;
      case java.nio.file.AccessDeniedException denied ->
          "may not access " + denied.getFile() + ": check whose file it is.";
      case java.nio.file.NoSuchFileException missing ->
          "there is no file " + missing.getFile() + ".";
      case java.io.IOException io when !message.isEmpty() -> message + ".";
      case InterruptedException interrupted -> "interrupted.";
      default ->
          "failed unexpectedly: "
              + e.getClass().getSimpleName()
              + (message.isEmpty() ? "" : ": " + message)
              + " (--debug shows where).";
    };
  }
}
