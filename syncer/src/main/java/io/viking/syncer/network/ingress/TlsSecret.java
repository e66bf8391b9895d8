package io.viking.syncer.network.ingress;

import com.google.common.hash.Hashing;
import io.viking.cloud.v1.Certificate;
import io.viking.cloud.v1.KeyPair;
import io.viking.syncer.network.service.NamespacedName;
import io.viking.syncer.pem.CertificatePem;
import io.viking.syncer.pem.PrivateKeyPem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;

/**
 * The certificate of a Secret of type {@code kubernetes.io/tls}. Its name ends with a digest of its
 * content, so that another certificate is another thing in the cloud: the new one is there before
 * the old one goes.
 *
 * @param content a certificate with its key, or why there is none, as a clause
 */
public record TlsSecret(NamespacedName name, Content content) {
  /** Either of the two. */
  public sealed interface Content {
    record Pair(Certificate certificate) implements Content {}

    record Unusable(String why) implements Content {}
  }

  private static final int DIGEST_LENGTH = 12;
  private static final byte[] PROBE = {1, 2, 3};

  /** What names of a Secret's certificates begin with. */
  public static String prefix(NamespacedName secret) {
    return secret + "/";
  }

  public static TlsSecret read(NamespacedName name, Map<String, byte[]> data) {
    return new TlsSecret(name, content(name, data));
  }

  private static Content content(NamespacedName name, Map<String, byte[]> data) {
    byte[] chain = data.get("tls.crt");
    byte[] key = data.get("tls.key");
    if (chain == null || chain.length == 0) {
      return new Content.Unusable("has no tls.crt");
    }
    if (key == null || key.length == 0) {
      return new Content.Unusable("has no tls.key");
    }
    Optional<PublicKey> certified = certified(chain);
    if (certified.isEmpty()) {
      return new Content.Unusable("has a tls.crt that is no certificate in PEM form");
    }
    Optional<PrivateKeyInfo> privateKey = PrivateKeyPem.find(key);
    if (privateKey.isEmpty()) {
      return new Content.Unusable("has a tls.key that is no private key in PEM form");
    }
    if (!belongTogether(certified.get(), privateKey.get())) {
      return new Content.Unusable("has a tls.key that does not belong to its tls.crt");
    }
    String digest =
        Hashing.sha256()
            .newHasher()
            .putBytes(chain)
            .putByte((byte) 0)
            .putBytes(key)
            .hash()
            .toString()
            .substring(0, DIGEST_LENGTH);
    return new Content.Pair(
        Certificate.newBuilder()
            .setName(prefix(name) + digest)
            .setKeyPair(
                KeyPair.newBuilder()
                    .setCertificateChain(new String(chain, StandardCharsets.UTF_8))
                    .setPrivateKey(new String(key, StandardCharsets.UTF_8)))
            .build());
  }

  /** The leaf's key. */
  private static Optional<PublicKey> certified(byte[] chain) {
    try {
      return Optional.of(CertificatePem.chain(chain).getFirst().getPublicKey());
    } catch (CertificateException none) {
      return Optional.empty();
    }
  }

  /** What the one signs, the other must confirm. */
  private static boolean belongTogether(PublicKey certified, PrivateKeyInfo info) {
    try {
      var key =
          KeyFactory.getInstance(certified.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
      Signature signature = Signature.getInstance(signatureOf(certified.getAlgorithm()));
      signature.initSign(key);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(PROBE);
      return signature.verify(signed);
    } catch (GeneralSecurityException | IOException ofAnotherKind) {
      return false;
    }
  }

  private static String signatureOf(String algorithm) {
    return switch (algorithm) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> algorithm;
    };
  }
}
