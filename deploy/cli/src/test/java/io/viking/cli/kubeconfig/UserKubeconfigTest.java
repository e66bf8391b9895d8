package io.viking.cli.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.cli.CommandFailure;
import io.viking.controlplane.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserKubeconfigTest {
  private static final String THEIRS =
      """
      apiVersion: v1
      kind: Config
      current-context: production
      clusters:
      - name: production
        cluster:
          server: https://prod.example
      """;

  @TempDir Path home;
  private Path ours;

  @BeforeEach
  void ourKubeconfig() throws IOException {
    ours = home.resolve("admin.kubeconfig");
    Files.writeString(
        ours,
        """
        apiVersion: v1
        kind: Config
        current-context: viking
        clusters:
        - name: viking
          cluster: {server: "https://127.0.0.1:6443"}
        users:
        - name: viking
          user: {client-key-data: a2V5}
        contexts:
        - name: viking
          context: {cluster: viking, user: viking}
        """);
  }

  @Test
  void withoutAFile_makesOneThatOnlyItsOwnerReads() throws IOException {
    resolve(Map.of()).merge(ours);

    Path file = home.resolve(".kube/config");
    assertThat(file).content().contains("current-context: viking", "https://127.0.0.1:6443");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void withAFile_keepsACopyOfItAsItWasBeforeTheFirstMerge() throws IOException {
    Path file = home.resolve(".kube/config");
    Files.createDirectories(file.getParent());
    Files.writeString(file, THEIRS);

    resolve(Map.of()).merge(ours);
    Files.writeString(ours, Files.readString(ours).replace("6443", "7000"));
    resolve(Map.of()).merge(ours);

    assertThat(file)
        .content()
        .contains("current-context: production", "https://prod.example", "https://127.0.0.1:7000");
    assertThat(home.resolve(".kube/config.before-viking")).hasContent(THEIRS);
  }

  @Test
  void symbolicLink_staysOne() throws IOException {
    Path real = home.resolve("dotfiles-config");
    Files.writeString(real, THEIRS);
    Path link = home.resolve("link");
    Files.createSymbolicLink(link, real);

    resolve(Map.of("KUBECONFIG", link.toString())).merge(ours);

    assertThat(link).isSymbolicLink();
    assertThat(real).content().contains("https://127.0.0.1:6443");
  }

  @Test
  void severalFilesInKubeconfig_theFirstThatIsThereIsTaken() throws IOException {
    Path there = Files.writeString(home.resolve("b"), THEIRS);

    assertThat(resolve(Map.of("KUBECONFIG", home + "/a:" + there + ":" + home + "/c")).file())
        .isEqualTo(there);
    assertThat(resolve(Map.of("KUBECONFIG", home + "/x:" + home + "/y")).file())
        .isEqualTo(home.resolve("y"));
  }

  @Test
  void brokenFile_isNamedAndLeftAsItIs() throws IOException {
    Path file = Files.writeString(home.resolve("broken"), "clusters: [");

    assertThatThrownBy(() -> resolve(Map.of("KUBECONFIG", file.toString())).merge(ours))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith(file + " is no YAML: ");
    assertThat(file).hasContent("clusters: [");
  }

  private UserKubeconfig resolve(Map<String, String> variables) {
    return UserKubeconfig.resolve(new Environment(variables, home));
  }
}
