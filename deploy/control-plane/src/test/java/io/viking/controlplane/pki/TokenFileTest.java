package io.viking.controlplane.pki;

import static org.assertj.core.api.Assertions.assertThat;

import io.viking.controlplane.pki.TokenFile.User;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
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

  private Map<String, String> ensure(User... users) {
    return new TokenFile(file).ensure(List.of(users), random);
  }

  @Test
  void firstTime_isMade_forNobodyElseToRead() throws Exception {
    Map<String, String> tokens = ensure(User.of("operator", "masters"), User.of("loops"));

    assertThat(tokens).containsOnlyKeys("operator", "loops");
    assertThat(tokens.values()).allMatch(token -> token.matches("[0-9a-f]{64}"));
    assertThat(tokens.get("operator")).isNotEqualTo(tokens.get("loops"));
    assertThat(Files.readString(file))
        .isEqualTo(
            "%s,operator,operator,masters\n%s,loops,loops\n"
                .formatted(tokens.get("operator"), tokens.get("loops")));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void nextTime_areTheSame_inAnyOrder() {
    Map<String, String> first = ensure(User.of("loops"), User.of("others"));

    assertThat(ensure(User.of("others"), User.of("loops"))).isEqualTo(first);
  }

  @Test
  void oneMoreUser_leavesTheOthersTheirs_andOneLessGoes() throws Exception {
    String loops = ensure(User.of("loops")).get("loops");

    Map<String, String> both = ensure(User.of("loops"), User.of("others"));
    assertThat(both).containsEntry("loops", loops);

    ensure(User.of("others"));
    assertThat(Files.readString(file)).isEqualTo(both.get("others") + ",others,others\n");
  }

  @Test
  void otherGroup_orACutToken_isMadeAnew() throws Exception {
    String all = ensure(User.of("loops", "masters")).get("loops");
    String few = ensure(User.of("loops")).get("loops");
    assertThat(few).isNotEqualTo(all);

    Files.writeString(file, few.substring(1) + ",loops,loops\n");
    assertThat(ensure(User.of("loops")).get("loops")).matches("[0-9a-f]{64}").isNotEqualTo(few);
  }
}
