package io.viking.adapter.kit.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyPemTest {
  @ParameterizedTest
  @ValueSource(ints = {1024, 2048, 4096})
  void rsaKey_ofEitherForm_isRead(int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    PrivateKey key = generator.generateKeyPair().getPrivate();

    byte[] pkcs1 = pem(key);
    assertThat(new String(pkcs1, StandardCharsets.US_ASCII))
        .startsWith("-----BEGIN RSA PRIVATE KEY-----");
    assertThat(PrivateKeyPem.read(pkcs1)).isEqualTo(key);
    assertThat(PrivateKeyPem.read(pem(new JcaPKCS8Generator(key, null)))).isEqualTo(key);
  }

  @Test
  void ellipticKey_ofPkcs8_isRead() throws Exception {
    PrivateKey key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();

    assertThat(PrivateKeyPem.read(pem(new JcaPKCS8Generator(key, null)))).isEqualTo(key);
  }

  @Test
  void cutKey_isRefused() {
    assertThatThrownBy(
            () ->
                PrivateKeyPem.read(
                    "-----BEGIN RSA PRIVATE KEY-----\nMII".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(GeneralSecurityException.class)
        .hasMessage("the key has no end");
  }

  private static byte[] pem(Object object) throws IOException {
    var text = new StringWriter();
    try (var writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
