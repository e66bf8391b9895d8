package io.viking.kube.client;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads kubeconfig files: server, CA, client certificate, token or exec plug-in. */
final class Kubeconfigs {
  private Kubeconfigs() {}

  /**
   * @throws IllegalArgumentException the file is missing or cannot be used; one sentence
   */
  static ApiClient read(Path file) {
    try (Reader reader = Files.newBufferedReader(file)) {
      KubeConfig config = KubeConfig.loadKubeConfig(reader);
      config.setFile(file.toFile());
      return ClientBuilder.kubeconfig(config).build();
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("kubeconfig " + file + ": there is no such file", e);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "kubeconfig " + file + " cannot be used: " + e.getMessage(), e);
    }
  }
}
