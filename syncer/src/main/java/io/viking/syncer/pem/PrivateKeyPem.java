package io.viking.syncer.pem;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/** Private keys in PEM form, without a password. */
public final class PrivateKeyPem {
  private PrivateKeyPem() {}

  /**
   * The first key of them: PKCS#8, PKCS#1 or SEC 1; what stands before it, as curve parameters do,
   * is passed over.
   *
   * @return empty: there is none, or it cannot be read
   */
  public static Optional<PrivateKeyInfo> find(byte[] pem) {
    try (var parser = new PEMParser(new StringReader(new String(pem, StandardCharsets.UTF_8)))) {
      for (Object item = parser.readObject(); item != null; item = parser.readObject()) {
        if (item instanceof PEMKeyPair pair) {
          return Optional.of(pair.getPrivateKeyInfo());
        }
        if (item instanceof PrivateKeyInfo info) {
          return Optional.of(info);
        }
      }
      return Optional.empty();
    } catch (IOException | RuntimeException malformed) {
      return Optional.empty();
    }
  }
}
