package io.viking.kube.client;

import io.viking.kube.client.ApiCalls.Name;
import okhttp3.HttpUrl;

/** A call that changes something, and of whose answer nothing but its status is wanted. */
record Write(Name name, String method, HttpUrl url, String contentType, byte[] body) {
  /** Asks for the metadata instead of the whole object. */
  static final String ACCEPT =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

  /** Its path and query, encoded. */
  String target() {
    String query = url.encodedQuery();
    return query == null ? url.encodedPath() : url.encodedPath() + "?" + query;
  }

  /** How errors name it. */
  String describe() {
    return method + " " + url.encodedPath();
  }
}
