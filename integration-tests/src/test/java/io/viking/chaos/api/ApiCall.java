package io.viking.chaos.api;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A request in the words of Kubernetes.
 *
 * @param verb get, list, watch, create, update, patch, delete
 * @param resource with its subresource: {@code pods}, {@code pods/binding}; the path itself for
 *     what is no resource
 * @param object {@code namespace/name}, as far as the path names them
 */
public record ApiCall(String verb, String resource, String object) {
  static ApiCall of(String method, URI uri) {
    List<String> path =
        Arrays.stream(uri.getPath().split("/")).filter(part -> !part.isEmpty()).toList();
    boolean core = path.size() > 2 && path.getFirst().equals("api");
    boolean group = path.size() > 3 && path.getFirst().equals("apis");
    if (!core && !group) {
      return new ApiCall(method.toLowerCase(Locale.ROOT), uri.getPath(), "");
    }
    List<String> rest = path.subList(core ? 2 : 3, path.size());
    String namespace = "";
    if (rest.size() > 2 && rest.getFirst().equals("namespaces")) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    String name = rest.size() > 1 ? rest.get(1) : "";
    String resource = rest.size() > 2 ? rest.getFirst() + "/" + rest.get(2) : rest.getFirst();
    boolean watch = String.valueOf(uri.getQuery()).contains("watch=true");
    return new ApiCall(verb(method, !name.isEmpty(), watch), resource, namespace + "/" + name);
  }

  private static String verb(String method, boolean named, boolean watch) {
    return switch (method) {
      case "GET" -> watch ? "watch" : named ? "get" : "list";
      case "POST" -> "create";
      case "PUT" -> "update";
      default -> method.toLowerCase(Locale.ROOT);
    };
  }

  public boolean is(String verb, String resource) {
    return this.verb.equals(verb) && this.resource.equals(resource);
  }
}
