package io.viking.kube.testing;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An API server with one kind, pods, over real HTTP on loopback: lists by the page, watches with
 * history, and fails as it is told. Any other call is answered by what {@link #answerNext} has
 * queued, or with an empty object.
 */
public final class TestingApiServer implements AutoCloseable {
  private static final String PODS = "/api/v1/pods";
  private static final String END = "end";

  /** A call as it came. */
  public record Seen(
      String method, String path, String query, Map<String, String> headers, String body) {}

  private record Answer(int code, Map<String, String> headers, String body) {}

  private record Line(long version, String json) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Gson gson = new Gson();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Queue<Answer> answers = new ArrayDeque<>();
  private final Queue<Answer> listAnswers = new ArrayDeque<>();
  private final Queue<Answer> watchAnswers = new ArrayDeque<>();
  private final Map<String, JsonObject> pods = new LinkedHashMap<>();
  private final List<Line> history = new ArrayList<>();
  private final List<LinkedBlockingQueue<String>> watchers = new CopyOnWriteArrayList<>();
  private long version = 100;
  private long oldestKept;

  public TestingApiServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** The calls with this word ("watch=true", "limit=") in their query or path. */
  public List<Seen> seen(String part) {
    return seen.stream().filter(s -> (s.path() + "?" + s.query()).contains(part)).toList();
  }

  /** Calls that are no watch and that list pods. */
  public List<Seen> lists() {
    return seen.stream()
        .filter(s -> s.path().equals(PODS) && !s.query().contains("watch=true"))
        .toList();
  }

  /** The next call that is neither list nor watch is answered so. */
  public synchronized void answerNext(int code, Map<String, String> headers, String body) {
    answers.add(new Answer(code, headers, body));
  }

  public synchronized void answerNextList(int code, String body) {
    listAnswers.add(new Answer(code, Map.of(), body));
  }

  public synchronized void answerNextWatch(int code, String body) {
    watchAnswers.add(new Answer(code, Map.of(), body));
  }

  /** Creates or changes a pod and tells the watchers. */
  public synchronized void put(String namespace, String name, String uid) {
    put(pod(namespace, name, uid));
  }

  /** The same with a whole object, which may be one that nobody can decode. */
  public synchronized void put(JsonObject pod) {
    String key = key(pod);
    metadata(pod).addProperty("resourceVersion", Long.toString(++version));
    boolean known = pods.put(key, pod) != null;
    tell(known ? "MODIFIED" : "ADDED", pod);
  }

  /** Changes what is stored without telling anyone, as if the watch had missed it. */
  public synchronized void putSilently(String namespace, String name, String uid) {
    JsonObject pod = pod(namespace, name, uid);
    metadata(pod).addProperty("resourceVersion", Long.toString(++version));
    pods.put(key(pod), pod);
  }

  public synchronized void removeSilently(String namespace, String name) {
    version++;
    pods.remove(namespace + "/" + name);
  }

  public synchronized void remove(String namespace, String name) {
    JsonObject pod = pods.remove(namespace + "/" + name);
    metadata(pod).addProperty("resourceVersion", Long.toString(++version));
    tell("DELETED", pod);
  }

  public synchronized void bookmark() {
    var object = new JsonObject();
    var metadata = new JsonObject();
    metadata.addProperty("resourceVersion", Long.toString(++version));
    object.add("metadata", metadata);
    sendLine(line("BOOKMARK", object));
  }

  /** Sends every watcher these bytes as a line. */
  public synchronized void sendLine(String line) {
    watchers.forEach(watcher -> watcher.add(line));
  }

  /** Ends every watch, as the server does after a time. */
  public synchronized void endWatches() {
    watchers.forEach(watcher -> watcher.add(END));
    watchers.clear();
  }

  /** Forgets what happened until now: older watches are refused with 410. */
  public synchronized void compact() {
    oldestKept = version;
    history.clear();
  }

  public int watching() {
    return watchers.size();
  }

  public synchronized String resourceVersion() {
    return Long.toString(version);
  }

  public static JsonObject pod(String namespace, String name, String uid) {
    return JsonParser.parseString(
            """
            {"metadata": {"namespace": "%s", "name": "%s", "uid": "%s"},
             "spec": {"containers": [{"name": "c", "image": "nginx"}]}}
            """
                .formatted(namespace, name, uid))
        .getAsJsonObject();
  }

  @Override
  public void close() {
    endWatches();
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String query = Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("");
      Map<String, String> headers = new HashMap<>();
      exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String path = exchange.getRequestURI().getPath();
      seen.add(new Seen(exchange.getRequestMethod(), path, query, headers, body));
      boolean isPods = path.equals(PODS) && exchange.getRequestMethod().equals("GET");
      if (isPods && query.contains("watch=true")) {
        watch(exchange, parameters(query));
      } else {
        Answer answer = isPods ? list(parameters(query)) : next();
        send(exchange, answer);
      }
    }
  }

  private synchronized Answer next() {
    return Optional.ofNullable(answers.poll()).orElse(new Answer(200, Map.of(), "{}"));
  }

  private synchronized Answer list(Map<String, String> parameters) {
    Answer queued = listAnswers.poll();
    if (queued != null) {
      return queued;
    }
    int from = Integer.parseInt(parameters.getOrDefault("continue", "0"));
    int limit = Integer.parseInt(parameters.getOrDefault("limit", "0"));
    List<JsonObject> all = new ArrayList<>(pods.values());
    int to = limit == 0 ? all.size() : Math.min(all.size(), from + limit);
    var items = new JsonArray();
    all.subList(from, to).forEach(items::add);
    var metadata = new JsonObject();
    metadata.addProperty("resourceVersion", Long.toString(version));
    if (to < all.size()) {
      metadata.addProperty("continue", Integer.toString(to));
    }
    var list = new JsonObject();
    list.addProperty("kind", "PodList");
    list.add("metadata", metadata);
    list.add("items", items);
    return new Answer(200, Map.of(), gson.toJson(list));
  }

  private void watch(HttpExchange exchange, Map<String, String> parameters) throws IOException {
    var lines = new LinkedBlockingQueue<String>();
    synchronized (this) {
      Answer queued = watchAnswers.poll();
      if (queued != null) {
        send(exchange, queued);
        return;
      }
      long from = Long.parseLong(parameters.getOrDefault("resourceVersion", "0"));
      if (from < oldestKept) {
        lines.add(
            """
            {"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}\
            """);
        lines.add(END);
      } else {
        history.stream().filter(l -> l.version() > from).forEach(l -> lines.add(l.json()));
        watchers.add(lines);
      }
    }
    exchange.sendResponseHeaders(200, 0);
    var out = exchange.getResponseBody();
    out.flush();
    try {
      for (String line = lines.take(); !line.equals(END); line = lines.take()) {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    } finally {
      watchers.remove(lines);
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(answer.code(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private void tell(String type, JsonObject object) {
    String line = line(type, object);
    history.add(new Line(version, line));
    sendLine(line);
  }

  private String line(String type, JsonElement object) {
    var event = new JsonObject();
    event.addProperty("type", type);
    event.add("object", object);
    return gson.toJson(event);
  }

  private static String key(JsonObject pod) {
    return metadata(pod).get("namespace").getAsString()
        + "/"
        + metadata(pod).get("name").getAsString();
  }

  private static JsonObject metadata(JsonObject pod) {
    return pod.getAsJsonObject("metadata");
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        parameters.put(part.substring(0, equals), part.substring(equals + 1));
      }
    }
    return parameters;
  }
}
