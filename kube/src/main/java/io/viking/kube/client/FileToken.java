package io.viking.kube.client;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.credentials.Authentication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * A bearer token that somebody renews in a file, as the kubelet does a pod's: read again when the
 * file was replaced. The library reads it once, and is a stranger an hour later. Safe for all
 * threads.
 */
final class FileToken implements Authentication, Interceptor {
  private final Path file;
  private volatile Read last;

  private record Read(FileTime written, String token) {}

  /**
   * @throws IOException it cannot be read
   */
  FileToken(Path file) throws IOException {
    this.file = file;
    this.last = read();
  }

  @Override
  public void provide(ApiClient client) {
    client.setHttpClient(client.getHttpClient().newBuilder().addInterceptor(this).build());
  }

  /** A token that cannot be read fails the call, which is repeated as after any other failure. */
  @Override
  public Response intercept(Chain chain) throws IOException {
    return chain.proceed(
        chain.request().newBuilder().header("Authorization", authorization()).build());
  }

  /** The header of this name. */
  String authorization() throws IOException {
    return "Bearer " + token();
  }

  private String token() throws IOException {
    if (!Files.getLastModifiedTime(file).equals(last.written())) {
      last = read();
    }
    return last.token();
  }

  private Read read() throws IOException {
    // Before the content: what is replaced meanwhile is read again at the next call.
    FileTime written = Files.getLastModifiedTime(file);
    return new Read(written, Files.readString(file).strip());
  }
}
