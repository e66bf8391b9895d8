package io.viking.kube.annotations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AnnotationsPageTest {
  private static final Path PAGE = Path.of("../docs/annotations.md");

  @Test
  void page_isWhatTheRegistrySays() throws IOException {
    String page = AnnotationsPage.write();
    if (Boolean.getBoolean("viking.docs.write")) {
      Files.writeString(PAGE, page);
    }

    assertThat(Files.readString(PAGE))
        .as("docs/annotations.md is generated; to write it anew: %s", AnnotationsPage.COMMAND)
        .isEqualTo(page);
  }
}
