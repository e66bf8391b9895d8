package io.viking.kube.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.viking.kube.cache.ResourceType;
import io.viking.kube.testing.TestingApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigsTest {
  @TempDir private Path directory;

  @Test
  void of_aToken_isSentWithEveryCall() throws IOException {
    try (var server = new TestingApiServer();
        var clients = open(write(server.url()))) {
      clients.api().get(ResourceType.PODS, "ns", "a");
      assertThat(server.seen().getFirst().headers().get("Authorization"))
          .isEqualTo("Bearer token-1");
    }
  }

  @Test
  void of_aTokenFile_sendsWhatIsInItNow() throws IOException {
    Path token = Files.writeString(directory.resolve("token"), "first\n");
    try (var server = new TestingApiServer();
        var clients = open(write(server.url(), "tokenFile: " + token))) {
      clients.api().get(ResourceType.PODS, "ns", "a");
      Files.writeString(token, "second");
      Files.setLastModifiedTime(token, FileTime.fromMillis(1));
      clients.api().get(ResourceType.PODS, "ns", "a");

      assertThat(server.seen())
          .extracting(request -> request.headers().get("Authorization"))
          .containsExactly("Bearer first", "Bearer second");
    }
  }

  @Test
  void of_aTokenFileThatIsNotThere_saysWhich() throws IOException {
    Path file = write("http://127.0.0.1:1", "tokenFile: none");
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "kubeconfig %s: there is no file %s".formatted(file, directory.resolve("none")));
  }

  @Test
  void of_aFileThatIsNoKubeconfig_saysWhatOneIs() throws IOException {
    Path file = Files.writeString(directory.resolve("hosts"), "127.0.0.1 localhost\n");
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "kubeconfig %s cannot be used: it is no YAML of clusters, contexts and users, as"
                    .formatted(file)
                + " \"kubectl config view --raw\" prints it");
  }

  @Test
  void of_missingFile_saysWhich() {
    assertThatThrownBy(() -> open(directory.resolve("none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("kubeconfig " + directory.resolve("none") + ": there is no such file");
  }

  @Test
  void of_noKubeconfig_saysSo() throws IOException {
    Path file = Files.writeString(directory.resolve("config"), "a: [");
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("kubeconfig " + file + " cannot be used: ");
  }

  private static KubeClients open(Path file) {
    return KubeClients.of(file, KubeClientConfig.DEFAULT, new SimpleMeterRegistry());
  }

  private Path write(String server) throws IOException {
    return write(server, "token: token-1");
  }

  private Path write(String server, String credential) throws IOException {
    return Files.writeString(
        directory.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        current-context: c
        clusters: [{name: c, cluster: {server: "%s"}}]
        users: [{name: u, user: {%s}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        """
            .formatted(server, credential));
  }
}
