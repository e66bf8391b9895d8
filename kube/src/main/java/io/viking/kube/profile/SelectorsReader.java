package io.viking.kube.profile;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.viking.kube.annotations.CloudAnnotation;
import io.viking.kube.annotations.CloudAnnotations;
import io.viking.kube.annotations.WrittenBack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the profile's key {@code selectors}: a JSON list of rules. Pure. */
final class SelectorsReader {
  private static final Set<String> FIELDS =
      Set.of("name", "namespaceSelector", "objectSelector", "effect");
  private static final String NAME = "[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?";
  private static final Pattern KEY =
      Pattern.compile("([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?" + NAME);
  private static final Pattern LABEL_VALUE = Pattern.compile("(" + NAME + ")?");

  /** Ours to write: what a profile said would be taken for what we found. */
  private static final String OWN_PREFIX = "viking.io/";

  private final List<String> flaws;

  private SelectorsReader(List<String> flaws) {
    this.flaws = flaws;
  }

  /**
   * @param flaws gets a sentence for each thing that is not as it must be; a rule with one is left
   *     out
   */
  static List<ProfileRule> read(String json, List<String> flaws) {
    List<ProfileRule> rules = new ArrayList<>();
    try {
      int index = 0;
      for (JsonElement element : JsonParser.parseString(json).getAsJsonArray()) {
        String path = "selectors[" + index++ + "]";
        var reader = new SelectorsReader(new ArrayList<>());
        ProfileRule rule = reader.rule(path, element);
        if (reader.flaws.isEmpty()) {
          rules.add(rule);
        }
        flaws.addAll(reader.flaws);
      }
    } catch (JsonParseException | IllegalStateException malformed) {
      flaws.add(
          "selectors is no JSON list (%s); write [{\"name\": …, \"objectSelector\": {\"matchLabels\": {…}}, \"effect\": {\"annotations\": {…}}}]"
              .formatted(malformed.getMessage()));
    }
    return rules;
  }

  private ProfileRule rule(String path, JsonElement element) {
    JsonObject rule = object(path, element);
    for (String field : rule.keySet()) {
      if (!FIELDS.contains(field)) {
        flaws.add(
            "%s.%s is not known; there are name, namespaceSelector, objectSelector and effect"
                .formatted(path, field));
      }
    }
    Map<String, String> namespaceLabels = selector(path + ".namespaceSelector", rule);
    Map<String, String> podLabels = selector(path + ".objectSelector", rule);
    if (namespaceLabels.isEmpty() && podLabels.isEmpty() && flaws.isEmpty()) {
      flaws.add(
          path
              + " selects nothing in particular; give it a namespaceSelector or an objectSelector"
              + " with matchLabels");
    }
    JsonObject effect = object(path + ".effect", rule.get("effect"));
    Map<String, String> labels = texts(path + ".effect.labels", effect.get("labels"));
    labels.forEach((key, value) -> checkLabel(path + ".effect.labels", key, value));
    Map<String, String> annotations =
        texts(path + ".effect.annotations", effect.get("annotations"));
    annotations.forEach((key, value) -> checkAnnotation(path + ".effect.annotations", key, value));
    if (labels.isEmpty() && annotations.isEmpty() && flaws.isEmpty()) {
      flaws.add(path + ".effect adds nothing; give it annotations or labels");
    }
    return new ProfileRule(
        rule.has("name") && rule.get("name").isJsonPrimitive()
            ? rule.get("name").getAsString()
            : "",
        namespaceLabels,
        podLabels,
        new Additions(labels, annotations));
  }

  private Map<String, String> selector(String path, JsonObject rule) {
    JsonObject selector = object(path, rule.get(path.substring(path.lastIndexOf('.') + 1)));
    for (String field : selector.keySet()) {
      if (!field.equals("matchLabels")) {
        flaws.add("%s.%s is not known; there is matchLabels".formatted(path, field));
      }
    }
    return texts(path + ".matchLabels", selector.get("matchLabels"));
  }

  private void checkLabel(String path, String key, String value) {
    checkKey(path, key);
    if (value.length() > 63 || !LABEL_VALUE.matcher(value).matches()) {
      flaws.add(
          "%s[%s] is \"%s\", which is no value of a label: at most 63 letters, digits, -, _ and ."
              .formatted(path, key, value));
    }
  }

  private void checkAnnotation(String path, String key, String value) {
    checkKey(path, key);
    CloudAnnotations.byKey(key)
        .map(annotation -> annotation.read(Map.of(key, value)))
        .ifPresent(
            reading -> {
              if (reading instanceof CloudAnnotation.Reading.Refused<?>(var flaw)) {
                flaws.add("%s: %s".formatted(path, flaw.message()));
              }
            });
  }

  private void checkKey(String path, String key) {
    if (!KEY.matcher(key).matches()) {
      flaws.add("%s has the key \"%s\", which is none: write prefix/name".formatted(path, key));
    }
    if (key.startsWith(OWN_PREFIX) || WrittenBack.isOne(key)) {
      flaws.add(
          "%s has the key %s, which is written by the platform; leave it out".formatted(path, key));
    }
  }

  private JsonObject object(String path, @Nullable JsonElement element) {
    if (element == null || element.isJsonNull()) {
      return new JsonObject();
    }
    if (!element.isJsonObject()) {
      flaws.add("%s is %s, but must be a JSON object".formatted(path, element));
      return new JsonObject();
    }
    return element.getAsJsonObject();
  }

  private Map<String, String> texts(String path, @Nullable JsonElement element) {
    Map<String, String> texts = new HashMap<>();
    object(path, element)
        .entrySet()
        .forEach(
            entry -> {
              JsonElement value = entry.getValue();
              if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()) {
                texts.put(entry.getKey(), value.getAsString());
              } else {
                flaws.add(
                    "%s[%s] is %s, but must be a text: put it in quotes"
                        .formatted(path, entry.getKey(), value));
              }
            });
    return texts;
  }
}
