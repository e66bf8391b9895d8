package io.viking.kube.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class NetworkAnnotationsPageTest {
  private static final Path PAGE = Path.of("../docs/network-annotations.md");

  @Test
  void page_isWhatTheRegistrySays() throws IOException {
    String page = NetworkAnnotationsPage.write();
    if (Boolean.getBoolean("viking.docs.write")) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE))
        .as(
            "docs/network-annotations.md is generated; to write it anew: %s",
            NetworkAnnotationsPage.COMMAND)
        .isEqualTo(page);
  }
}
