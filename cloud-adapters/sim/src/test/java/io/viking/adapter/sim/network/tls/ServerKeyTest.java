package io.viking.adapter.sim.network.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.viking.cloud.v1.KeyPair;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerKeyTest {
  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void keys_areRead_inBothForms(String algorithm) throws UnusableKeyException {
    TestKeys keys = TestKeys.of(algorithm, "shop.example.com");

    assertThat(ServerKey.of(keys.pem()).chain()).containsExactly(keys.certificate());
    assertThat(ServerKey.of(keys.traditionalPem()).chain()).containsExactly(keys.certificate());
  }

  @Test
  void whatCannotServe_isSaid_withoutTheSecret() {
    TestKeys keys = TestKeys.of("EC", "a");
    KeyPair pem = keys.pem();

    assertUnusable(keys.withKeyOf(TestKeys.of("EC", "b")), "not that of the certificate");
    assertUnusable(keys.withKeyOf(TestKeys.of("RSA", "b")), "not that of the certificate");
    assertUnusable(pem.toBuilder().clearCertificateChain().build(), "certificate chain");
    assertUnusable(pem.toBuilder().setCertificateChain("hello").build(), "certificate chain");
    assertUnusable(pem.toBuilder().clearPrivateKey().build(), "no private key");
    assertUnusable(
        pem.toBuilder()
            .setPrivateKey("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n")
            .build(),
        "cannot be read");
  }

  private static void assertUnusable(KeyPair pem, String sentence) {
    assertThatThrownBy(() -> ServerKey.of(pem))
        .isInstanceOf(UnusableKeyException.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining("c2VjcmV0");
  }

  @Test
  void selfSigned_standsForACertificateOfTheCloud() {
    ServerKey key = ServerKey.selfSigned("1234-cn\"hangzhou", Instant.now());

    assertThat(key.chain().getFirst().getSubjectX500Principal().getName())
        .isEqualTo("CN=1234-cnhangzhou");
  }
}
