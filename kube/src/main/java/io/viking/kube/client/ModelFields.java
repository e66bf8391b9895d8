package io.viking.kube.client;

import com.google.gson.annotations.JsonAdapter;
import com.google.gson.annotations.SerializedName;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a generated model in the order in which they are written. Managed fields are left
 * out: nothing here reads them, and they are a third of a pod.
 */
record ModelFields(Class<?> model, List<ModelField> fields) {
  private static final String MODELS = V1Pod.class.getPackageName();

  record ModelField(String jsonName, Field field, Method getter, Method setter) {}

  /**
   * @return empty for a class that is no generated model, or not of the shape that all of them have
   */
  static Optional<ModelFields> of(Class<?> type) {
    return isModel(type) ? regularFields(type) : Optional.empty();
  }

  static boolean isModel(Class<?> type) {
    return type.getSuperclass() == Object.class
        && !Modifier.isAbstract(type.getModifiers())
        && !type.isMemberClass()
        && type.getPackageName().equals(MODELS)
        && !type.isAnnotationPresent(JsonAdapter.class);
  }

  private static Optional<ModelFields> regularFields(Class<?> type) {
    Map<String, Method> methods = accessors(type);
    var fields = new ArrayList<ModelField>();
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isStatic(field.getModifiers()) || isManagedFields(field)) {
        continue;
      }
      SerializedName name = field.getAnnotation(SerializedName.class);
      String key = key(field.getName());
      Method getter = methods.get("get" + key);
      Method setter = methods.get("set" + key);
      if (name == null
          || name.alternate().length > 0
          || field.isAnnotationPresent(JsonAdapter.class)
          || field.getType().isPrimitive()
          || getter == null
          || getter.getReturnType() != field.getType()
          || setter == null
          || setter.getParameterTypes()[0] != field.getType()) {
        return Optional.empty();
      }
      fields.add(new ModelField(name.value(), field, getter, setter));
    }
    return Optional.of(new ModelFields(type, List.copyOf(fields)));
  }

  private static boolean isManagedFields(Field field) {
    return field.getDeclaringClass() == V1ObjectMeta.class
        && field.getName().equals("managedFields");
  }

  private static Map<String, Method> accessors(Class<?> type) {
    Map<String, Method> methods = new HashMap<>();
    for (Method method : type.getDeclaredMethods()) {
      String name = method.getName();
      boolean getter = name.startsWith("get") && method.getParameterCount() == 0;
      boolean setter =
          name.startsWith("set")
              && method.getParameterCount() == 1
              && method.getReturnType() == void.class;
      if ((getter || setter) && Modifier.isPublic(method.getModifiers())) {
        methods.put(name.substring(0, 3) + key(name.substring(3)), method);
      }
    }
    return methods;
  }

  /** The generator mangles names that Java keeps to itself, {@code _default} and {@code $ref}. */
  private static String key(String name) {
    return name.replace("_", "").replace("$", "").toLowerCase(Locale.ROOT);
  }
}
