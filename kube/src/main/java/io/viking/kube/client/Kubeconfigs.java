package io.viking.kube.client;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
      ClientBuilder builder = ClientBuilder.kubeconfig(config);
      Optional<Path> token = tokenFile(config).map(file::resolveSibling);
      if (token.isPresent()) {
        builder.setAuthentication(new FileToken(token.get()));
      }
      return builder.build();
    } catch (NoSuchFileException e) {
      String missing = String.valueOf(e.getFile());
      throw new IllegalArgumentException(
          "kubeconfig "
              + file
              + (missing.equals(file.toString())
                  ? ": there is no such file"
                  : ": there is no file " + missing),
          e);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          "kubeconfig "
              + file
              + " cannot be used: it is no YAML of clusters, contexts and users, as \"kubectl config"
              + " view --raw\" prints it",
          e);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "kubeconfig " + file + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Where the current context's user has its token, if that is in a file of its own. */
  private static Optional<String> tokenFile(KubeConfig config) {
    Map<?, ?> context = named(config.getContexts(), config.getCurrentContext(), "context");
    Map<?, ?> user = named(config.getUsers(), context.get("user"), "user");
    return user.containsKey("token")
        ? Optional.empty()
        : Optional.ofNullable(user.get("tokenFile")).map(Object::toString);
  }

  /** What a kubeconfig's list has under a name; empty if it has none. */
  private static Map<?, ?> named(@Nullable List<?> entries, @Nullable Object name, String content) {
    if (entries != null) {
      for (Object entry : entries) {
        if (entry instanceof Map<?, ?> map
            && Objects.equals(map.get("name"), name)
            && map.get(content) instanceof Map<?, ?> found) {
          return found;
        }
      }
    }
    return Map.of();
  }
}
