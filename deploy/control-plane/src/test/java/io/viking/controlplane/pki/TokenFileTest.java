package io.viking.controlplane.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
  private final SecureRandom random = new SecureRandom();
  private Path file = Path.of("");

  @BeforeEach
  void chooseAFile(@TempDir Path directory) {
    file = directory.resolve("tokens.csv");
  }

  private String ensure(String user) {
    return new TokenFile(file).ensure(user, "masters", random);
  }

  @Test
  void firstTime_isMade_forNobodyElseToRead() throws Exception {
    String token = ensure("loops");

    assertThat(token).matches("[0-9a-f]{64}");
    assertThat(Files.readString(file)).isEqualTo(token + ",loops,loops,masters\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void nextTime_isTheSame() {
    assertThat(ensure("loops")).isEqualTo(ensure("loops"));
  }

  @Test
  void anotherUser_orACutFile_isMadeAnew() throws Exception {
    String first = ensure("loops");
    String second = ensure("others");
    Files.writeString(file, second.substring(1) + ",others,others,masters\n");

    assertThat(second).isNotEqualTo(first);
    assertThat(ensure("others")).matches("[0-9a-f]{64}").isNotEqualTo(second);
  }
}
