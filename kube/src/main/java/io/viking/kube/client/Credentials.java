package io.viking.kube.client;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** Puts our name and the kubeconfig's token, if it has one, on every request. */
final class Credentials implements Interceptor {
  private static final String[] SCHEMES = {"BearerToken"};

  private final ApiClient client;
  private final URI server;
  private final Optional<FileToken> token;

  Credentials(ApiClient client) {
    this.client = client;
    this.server = URI.create(client.getBasePath());
    this.token =
        client.getHttpClient().interceptors().stream()
            .filter(FileToken.class::isInstance)
            .map(FileToken.class::cast)
            .findFirst();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request.Builder request = chain.request().newBuilder();
    own().forEach(request::header); // The token of a file is put on by its own interceptor.
    return chain.proceed(request.build());
  }

  /**
   * What every request has, by lower-case names.
   *
   * @return the caller's to add to
   * @throws IOException the credentials cannot be read now
   */
  Map<String, String> headers() throws IOException {
    Map<String, String> headers = own();
    if (token.isPresent()) {
      headers.put("authorization", token.get().authorization());
    }
    return headers;
  }

  private Map<String, String> own() throws IOException {
    Map<String, String> given = new HashMap<>();
    try {
      client.updateParamsForAuth(
          SCHEMES, new ArrayList<>(), given, new HashMap<>(), "", "", server);
    } catch (ApiException e) {
      throw new IOException("credentials: " + e.getMessage(), e);
    }
    Map<String, String> headers = new HashMap<>();
    given.forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    headers.put("user-agent", UserAgent.VALUE);
    return headers;
  }
}
