package io.viking.controlplane.build;

import com.google.common.collect.EvictingQueue;
import io.viking.controlplane.Progress;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The calls of {@code go} for one recipe in one workspace, told as progress. */
final class Compilation {
  private static final int KEPT_LINES = 6;

  private final GoToolchain go;
  private final Path workspace;
  private final Recipe recipe;
  private final Progress progress;
  private final Set<String> packages = new HashSet<>();
  private final Set<String> compiled = new HashSet<>();
  private int downloads;

  Compilation(GoToolchain go, Path workspace, Recipe recipe, Progress progress) {
    this.go = go;
    this.workspace = workspace;
    this.recipe = recipe;
    this.progress = progress;
  }

  /** Fetches the modules that are missing, and so learns how many packages there are. */
  void download() throws InterruptedException {
    progress.step("looking for Go modules to download");
    for (String module : recipe.targets().stream().map(Recipe.Target::module).distinct().toList()) {
      Stream<String> mains =
          recipe.targets().stream()
              .filter(target -> target.module().equals(module))
              .map(Recipe.Target::goPackage);
      run(
          "the list of packages",
          module,
          Stream.concat(Stream.of("list", "-deps"), mains).toList(),
          line -> {
            switch (line) {
              case GoLine.Download(String name) ->
                  progress.advance("downloading " + name, ++downloads, recipe.modules());
              case GoLine.Package(String path) -> packages.add(path);
              case GoLine.Text ignored -> {}
            }
          });
    }
  }

  /** Compiles and links one binary into {@code output}. */
  void build(Recipe.Target target, Path output) throws InterruptedException {
    List<String> arguments =
        Stream.of(
                List.of("build", "-v", "-o", output.toString()),
                target.flags(),
                List.of(target.goPackage()))
            .flatMap(List::stream)
            .toList();
    progress.step("building " + target.binary());
    progress.advance("", compiled.size(), packages.size());
    run(
        target.binary(),
        target.module(),
        arguments,
        line -> {
          switch (line) {
            case GoLine.Download(String name) -> progress.advance("downloading " + name, 0, 0);
            case GoLine.Package(String path) -> {
              compiled.add(path);
              String detail = path.equals(target.goPackage()) ? "linking " + target.binary() : path;
              progress.advance(detail, compiled.size(), packages.size());
            }
            case GoLine.Text ignored -> {}
          }
        });
  }

  private void run(String what, String module, List<String> arguments, Consumer<GoLine> each)
      throws InterruptedException {
    Queue<String> last = EvictingQueue.create(KEPT_LINES);
    int code =
        go.run(
            workspace.resolve(module),
            arguments,
            text -> {
              GoLine line = GoLine.parse(text);
              if (line instanceof GoLine.Text(String words)) {
                last.add(words);
              }
              each.accept(line);
            });
    if (code != 0) {
      throw BuildFailure.of(List.copyOf(last)).exception(what, workspace.toString());
    }
  }
}
