package io.viking.cloud.compatibility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Makes today's contract that of the last release. No build runs it, for want of a name that ends
 * in Test; see the README beside the file.
 */
class RefreshLastRelease {
  @Test
  void write() throws IOException {
    Files.write(
        Path.of("src/test/resources/contract/last-release.binpb"), Contract.now().toByteArray());
  }
}
