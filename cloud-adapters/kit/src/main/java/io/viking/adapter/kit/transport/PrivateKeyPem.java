package io.viking.adapter.kit.transport;

import io.grpc.util.CertificateUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Private keys in PEM: PKCS#8, which Java reads, and RSA keys of PKCS#1, which Helm's functions and
 * cert-manager write unless they are told otherwise.
 */
final class PrivateKeyPem {
  private static final String BEGIN = "-----BEGIN RSA PRIVATE KEY-----";
  private static final String END = "-----END RSA PRIVATE KEY-----";

  /** {@code INTEGER 0, SEQUENCE { OBJECT IDENTIFIER rsaEncryption, NULL }} (RFC 5208, RFC 8017). */
  private static final byte[] VERSION_AND_ALGORITHM =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;

  private PrivateKeyPem() {}

  /**
   * @throws GeneralSecurityException it is neither
   */
  static PrivateKey read(byte[] pem) throws GeneralSecurityException, IOException {
    String text = new String(pem, StandardCharsets.US_ASCII);
    int begin = text.indexOf(BEGIN);
    if (begin < 0) {
      return CertificateUtils.getPrivateKey(new ByteArrayInputStream(pem));
    }
    int end = text.indexOf(END, begin);
    if (end < 0) {
      throw new GeneralSecurityException("the key has no end");
    }
    byte[] pkcs1 = Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end));
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8(pkcs1)));
  }

  private static byte[] pkcs8(byte[] pkcs1) {
    var content = new ByteArrayOutputStream();
    content.writeBytes(VERSION_AND_ALGORITHM);
    content.writeBytes(tagged(OCTET_STRING, pkcs1));
    return tagged(SEQUENCE, content.toByteArray());
  }

  /** Tag, length and value, by the distinguished encoding rules. */
  private static byte[] tagged(int tag, byte[] value) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (value.length < 0x80) {
      out.write(value.length);
    } else {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(value.length) + 7) / 8;
      out.write(0x80 | bytes);
      for (int at = bytes - 1; at >= 0; at--) {
        out.write(value.length >>> (8 * at));
      }
    }
    out.writeBytes(value);
    return out.toByteArray();
  }
}
