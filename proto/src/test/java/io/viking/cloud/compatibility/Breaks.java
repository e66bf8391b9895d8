package io.viking.cloud.compatibility;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.DescriptorProto.ReservedRange;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a caller or an adapter built with the old contract would trip over in the new one.
 * Everything there was must still be there, as it was; anything may be added, but under a number
 * and name that were not reserved.
 */
final class Breaks {
  private Breaks() {}

  static Set<String> between(FileDescriptorSet old, FileDescriptorSet now) {
    Set<String> found = new TreeSet<>();
    Map<String, String> before = flatten(old);
    Map<String, String> after = flatten(now);
    before.forEach(
        (name, shape) -> {
          String today = after.get(name);
          if (today == null) {
            found.add(name + " is gone");
          } else if (!today.equals(shape)) {
            found.add(name + " was " + shape + " and is " + today);
          }
        });
    return found;
  }

  /** Every element by its full name, with what may not change about it. */
  private static Map<String, String> flatten(FileDescriptorSet set) {
    Map<String, String> elements = new TreeMap<>();
    for (FileDescriptorProto file : set.getFileList()) {
      String scope = file.getPackage();
      file.getMessageTypeList().forEach(message -> message(elements, scope, message));
      file.getEnumTypeList().forEach(type -> enumeration(elements, scope, type));
      file.getServiceList().forEach(service -> service(elements, scope, service));
    }
    return elements;
  }

  private static void message(Map<String, String> elements, String scope, DescriptorProto message) {
    String name = scope + "." + message.getName();
    elements.put(name, "message");
    message.getNestedTypeList().forEach(nested -> message(elements, name, nested));
    message.getEnumTypeList().forEach(nested -> enumeration(elements, name, nested));
    for (FieldDescriptorProto field : message.getFieldList()) {
      elements.put(name + "." + field.getName(), shape(message, field));
    }
    for (String reserved : message.getReservedNameList()) {
      elements.put(name + "." + reserved, "reserved");
    }
    for (ReservedRange range : message.getReservedRangeList()) {
      for (int number = range.getStart(); number < range.getEnd(); number++) {
        elements.put(name + " number " + number, "reserved");
      }
    }
  }

  private static String shape(DescriptorProto message, FieldDescriptorProto field) {
    String oneof =
        field.hasOneofIndex() && !field.getProto3Optional()
            ? " in oneof " + message.getOneofDecl(field.getOneofIndex()).getName()
            : "";
    return "%s %s%s = %d%s%s"
        .formatted(
            field.getLabel(),
            field.getType(),
            field.getTypeName(),
            field.getNumber(),
            oneof,
            field.getProto3Optional() ? " optional" : "");
  }

  private static void enumeration(
      Map<String, String> elements, String scope, EnumDescriptorProto type) {
    String name = scope + "." + type.getName();
    elements.put(name, "enum");
    type.getValueList()
        .forEach(value -> elements.put(name + "." + value.getName(), "= " + value.getNumber()));
  }

  private static void service(
      Map<String, String> elements, String scope, ServiceDescriptorProto service) {
    String name = scope + "." + service.getName();
    elements.put(name, "service");
    for (MethodDescriptorProto method : service.getMethodList()) {
      elements.put(
          name + "." + method.getName(),
          "(%s%s) returns (%s%s)"
              .formatted(
                  method.getClientStreaming() ? "stream " : "",
                  method.getInputType(),
                  method.getServerStreaming() ? "stream " : "",
                  method.getOutputType()));
    }
  }
}
