package io.viking.cli.server;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.viking.cli.parts.Explained;
import io.viking.controlplane.data.DataDirectory;
import io.viking.scheduler.loop.PodExplanation;
import java.util.Optional;

/** Asks a running viking why a pod is where it is, or nowhere. */
public final class ExplainClient {
  private static final int TIMEOUT_MILLIS = 5_000;

  private ExplainClient() {}

  /** The answer; empty if nothing runs there, or it does not answer within five seconds. */
  public static Optional<Explained> ask(DataDirectory directory, String namespace, String pod) {
    return ServerFile.read(directory).flatMap(server -> ask(server, namespace, pod));
  }

  static Optional<Explained> ask(ServerFile server, String namespace, String pod) {
    return LoopbackCall.make(server, new ExplainQuery(namespace, pod).path(), "GET", TIMEOUT_MILLIS)
        .map(ExplainClient::read);
  }

  private static Explained read(LoopbackCall.Answer answer) {
    return switch (answer.code()) {
      case 200 -> explanation(answer.body());
      case 404 -> new Explained.NoSuchPod();
      default -> new Explained.NoAnswer(answer.body().strip());
    };
  }

  private static Explained explanation(String json) {
    try {
      return new Explained.Pod(new Gson().fromJson(json, PodExplanation.class));
    } catch (JsonParseException e) {
      return new Explained.NoAnswer("the scheduler answered with what is no JSON");
    }
  }
}
