package io.viking.syncer.kubelet.streams.terminated;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/**
 * How a command ended, as the metav1.Status that goes over the error stream (v4 and later). Pure.
 */
final class ExecStatus {
  private ExecStatus() {}

  /**
   * @param code 0: success
   */
  static String exited(int code) {
    JsonObject status = new JsonObject();
    status.add("metadata", new JsonObject());
    if (code == 0) {
      status.addProperty("status", "Success");
      return status.toString();
    }
    status.addProperty("status", "Failure");
    status.addProperty(
        "message", "command terminated with non-zero exit code: exit status " + code);
    status.addProperty("reason", "NonZeroExitCode");
    status.add("details", causes("reason", "ExitCode", Integer.toString(code)));
    return status.toString();
  }

  /** The command could not be run, or its stream broke. */
  static String failed(String sentence) {
    JsonObject status = new JsonObject();
    status.add("metadata", new JsonObject());
    status.addProperty("status", "Failure");
    status.addProperty("message", "Internal error occurred: " + sentence);
    status.addProperty("reason", "InternalError");
    status.add("details", causes("", "", sentence));
    status.addProperty("code", 500);
    return status.toString();
  }

  private static JsonObject causes(String key, String reason, String message) {
    JsonObject cause = new JsonObject();
    if (!key.isEmpty()) {
      cause.addProperty(key, reason);
    }
    cause.addProperty("message", message);
    JsonArray causes = new JsonArray();
    causes.add(cause);
    JsonObject details = new JsonObject();
    details.add("causes", causes);
    return details;
  }
}
