package io.viking.syncer.pods.manifest;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.common.primitives.Longs;
import io.viking.cloud.v1.File;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;

/**
 * What a volume's files hold, as far as it is compared: the first half of a SHA-256. Of a token
 * only its place counts; each request brings another one.
 */
public record ContentDigest(long high, long low) {
  private static final HashFunction SHA = Hashing.sha256();

  /**
   * @param tokens paths of those that are tokens
   */
  static ContentDigest of(Collection<File> files, Set<String> tokens) {
    Hasher hasher = SHA.newHasher();
    for (File file : files) {
      byte[] path = file.getPath().getBytes(StandardCharsets.UTF_8);
      hasher.putInt(path.length).putBytes(path).putInt(file.getMode());
      if (!tokens.contains(file.getPath())) {
        hasher.putInt(file.getContent().size());
        file.getContent().asReadOnlyByteBufferList().forEach(hasher::putBytes);
      }
    }
    byte[] digest = hasher.hash().asBytes();
    return new ContentDigest(
        Longs.fromByteArray(Arrays.copyOfRange(digest, 0, Long.BYTES)),
        Longs.fromByteArray(Arrays.copyOfRange(digest, Long.BYTES, 2 * Long.BYTES)));
  }
}
