package io.viking.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    header = "Print a script that completes commands and options in your shell.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(viking completion bash)     for this shell; in ~/.bashrc for all",
      "  source <(viking completion zsh)      likewise, after compinit",
      "  viking completion fish > ~/.config/fish/completions/viking.fish"
    })
final class CompletionCommand implements Callable<Integer> {
  /** The shells that a script can be made for. */
  enum Shell {
    BASH,
    ZSH,
    FISH;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "SHELL", description = "One of ${COMPLETION-CANDIDATES}.")
  @SuppressWarnings("NullAway.Init") // set by picocli
  private Shell shell;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    String script =
        switch (shell) {
          // picocli's script serves both: in zsh it loads bashcompinit.
          case BASH, ZSH -> AutoComplete.bash("viking", root);
          case FISH -> FishCompletion.script(root);
        };
    spec.commandLine().getOut().print(script);
    spec.commandLine().getOut().flush();
    return ExitCode.OK;
  }
}
