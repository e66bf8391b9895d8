package io.viking.kube.client;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** Puts our name and the kubeconfig's token, if it has one, on every request. */
final class Credentials implements Interceptor {
  private static final String[] SCHEMES = {"BearerToken"};

  private final ApiClient client;
  private final URI server;

  Credentials(ApiClient client) {
    this.client = client;
    this.server = URI.create(client.getBasePath());
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request.Builder request = chain.request().newBuilder().header("User-Agent", UserAgent.VALUE);
    headers().forEach(request::header);
    return chain.proceed(request.build());
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    try {
      client.updateParamsForAuth(
          SCHEMES, new ArrayList<>(), headers, new HashMap<>(), "", "", server);
    } catch (ApiException e) {
      throw new IOException("credentials: " + e.getMessage(), e);
    }
    return headers;
  }
}
