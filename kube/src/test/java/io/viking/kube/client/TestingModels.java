package io.viking.kube.client;

import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Pod;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipFile;

/** All generated models there are, and objects of them filled by chance. */
final class TestingModels {
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "registry.k8s.io/pause:3.10",
          "quote \" backslash \\ slash / tab \t line \n",
          "\"managedFields\":[{\"manager\":\"x\"}]",
          "ümlaut € \uD83D\uDE00 \u2028 \u0001",
          "x".repeat(200),
          "true",
          "12");

  private final Random random;
  private final int deepest;

  /**
   * @param deepest how many models may be within each other
   */
  TestingModels(long seed, int deepest) {
    this.random = new Random(seed);
    this.deepest = deepest;
  }

  static List<Class<?>> all() throws IOException, ReflectiveOperationException {
    String folder = V1Pod.class.getPackageName().replace('.', '/') + "/";
    var jar = Path.of(V1Pod.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    var models = new ArrayList<Class<?>>();
    try (var zip = new ZipFile(jar.toFile())) {
      for (var entry : zip.stream().toList()) {
        String name = entry.getName();
        if (name.startsWith(folder) && name.endsWith(".class") && !name.contains("$")) {
          String className = name.replace('/', '.').substring(0, name.length() - 6);
          Class<?> type = Class.forName(className, false, V1Pod.class.getClassLoader());
          if (!Modifier.isAbstract(type.getModifiers())) {
            models.add(type);
          }
        }
      }
    }
    return models;
  }

  static List<Field> fields(Class<?> model) {
    var fields = new ArrayList<Field>();
    for (Field field : model.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        fields.add(field);
      }
    }
    return fields;
  }

  /** With each field set four times of five, or all of them. */
  <T> T filled(Class<T> model, boolean everyField) throws ReflectiveOperationException {
    return model.cast(model(model, everyField, 0));
  }

  Object value(Field field) throws ReflectiveOperationException {
    return value(field.getGenericType(), true, deepest - 1);
  }

  private Object model(Class<?> model, boolean everyField, int depth)
      throws ReflectiveOperationException {
    Object object = model.getDeclaredConstructor().newInstance();
    for (Field field : fields(model)) {
      if (everyField || random.nextInt(5) > 0) {
        field.set(object, value(field.getGenericType(), everyField, depth));
      }
    }
    return object;
  }

  private Object value(Type type, boolean everyField, int depth)
      throws ReflectiveOperationException {
    if (type instanceof ParameterizedType parameterized) {
      Type[] arguments = parameterized.getActualTypeArguments();
      return parameterized.getRawType() == List.class
          ? list(arguments[0], everyField, depth)
          : map(arguments[1], everyField, depth);
    }
    return switch (((Class<?>) type).getSimpleName()) {
      case "String" -> text();
      case "Integer" -> random.nextInt();
      case "Long" -> random.nextBoolean() ? random.nextLong() : (long) random.nextInt(10);
      case "Double" -> random.nextDouble();
      case "Boolean" -> random.nextBoolean();
      case "byte[]" -> text().getBytes(java.nio.charset.StandardCharsets.UTF_8);
      case "Object" -> random.nextBoolean() ? text() : List.of(text(), Map.of("k", 1.5));
      case "OffsetDateTime" ->
          OffsetDateTime.ofInstant(
              Instant.ofEpochSecond(random.nextInt(), random.nextInt(1000) * 1000L),
              ZoneOffset.UTC);
      case "Quantity" ->
          Quantity.fromString(List.of("10m", "16Mi", "1", "1e3", "2.5Gi").get(random.nextInt(5)));
      case "IntOrString" ->
          random.nextBoolean() ? new IntOrString(random.nextInt(9)) : new IntOrString(text());
      default -> depth == deepest ? null : model((Class<?>) type, everyField, depth + 1);
    };
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private List<Object> list(Type element, boolean everyField, int depth)
      throws ReflectiveOperationException {
    var list = new ArrayList<>();
    for (int i = random.nextInt(4) - (everyField ? -1 : 0); i > 0; i--) {
      list.add(value(element, everyField, depth));
    }
    return list;
  }

  private Map<String, Object> map(Type value, boolean everyField, int depth)
      throws ReflectiveOperationException {
    var map = new LinkedHashMap<String, Object>();
    for (int i = random.nextInt(4) - (everyField ? -1 : 0); i > 0; i--) {
      map.put(text(), value(value, everyField, depth));
    }
    return map;
  }
}
