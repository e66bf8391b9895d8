package io.viking.system.rights;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.viking.controlplane.LoopUsers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A call as the API server's audit log has it.
 *
 * @param component who made it: "scheduler", "syncer"
 * @param resource with its subresource; empty: a path that is none
 * @param name a list or watch of one object by its name has that name, too
 * @param isForbidden whether the authorizer said no
 */
record AuditedCall(
    String component,
    String verb,
    String group,
    String resource,
    String namespace,
    String name,
    boolean isForbidden) {

  private static final String BY_NAME = "fieldSelector=metadata.name%3D";

  /** All that are in the log now; a line that is being written is left out. */
  static List<AuditedCall> read(Path log) throws IOException {
    try (var lines = Files.lines(log)) {
      return lines.filter(line -> line.endsWith("}")).map(AuditedCall::parse).toList();
    }
  }

  private static AuditedCall parse(String line) {
    JsonObject event = JsonParser.parseString(line).getAsJsonObject();
    JsonObject object =
        event.has("objectRef") ? event.getAsJsonObject("objectRef") : new JsonObject();
    String subresource = text(object, "subresource");
    String user = text(event.getAsJsonObject("user"), "username");
    String name = text(object, "name");
    return new AuditedCall(
        user.equals(LoopUsers.SCHEDULER)
            ? "scheduler"
            : user.equals(LoopUsers.SYNCER) ? "syncer" : user,
        text(event, "verb"),
        text(object, "apiGroup"),
        text(object, "resource") + (subresource.isEmpty() ? "" : "/" + subresource),
        text(object, "namespace"),
        name.isEmpty() ? selected(text(event, "requestURI")) : name,
        event.has("annotations")
            && "forbid"
                .equals(
                    text(event.getAsJsonObject("annotations"), "authorization.k8s.io/decision")));
  }

  private static String selected(String uri) {
    int begin = uri.indexOf(BY_NAME);
    return begin < 0 ? "" : uri.substring(begin + BY_NAME.length()).replaceAll("&.*", "");
  }

  private static String text(JsonObject object, String key) {
    return Optional.ofNullable(object.get(key)).map(value -> value.getAsString()).orElse("");
  }
}
