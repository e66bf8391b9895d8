package io.viking.desugar;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/**
 * {@code equals} and {@code hashCode} of records as plain code, with the results that {@link
 * java.lang.runtime.ObjectMethods} has; {@code toString} stays, which is for people.
 */
final class RecordMethods {
  private static final ClassDesc OBJECT_METHODS = ClassDesc.of("java.lang.runtime.ObjectMethods");
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final String PREFIX = "$record$";
  private static final int HELPER =
      ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

  private RecordMethods() {}

  /** Puts a call of {@link #define}'s methods in the place of this one, if it is for them. */
  static boolean call(CodeBuilder code, InvokeDynamicInstruction call, ClassDesc host) {
    String name = call.name().stringValue();
    if (!call.bootstrapMethod().owner().equals(OBJECT_METHODS) || name.equals("toString")) {
      return false;
    }
    code.invokestatic(host, PREFIX + name, call.typeSymbol());
    return true;
  }

  /** Gives a record the methods that are called; nothing to other classes. */
  static void define(ClassBuilder builder, ClassModel type) {
    type.findAttribute(Attributes.record())
        .ifPresent(
            record -> {
              ClassDesc host = type.thisClass().asSymbol();
              List<RecordComponentInfo> components = record.components();
              builder.withMethodBody(
                  PREFIX + "hashCode",
                  MethodTypeDesc.of(CD_int, host),
                  HELPER,
                  code -> hashCode(code, host, components));
              builder.withMethodBody(
                  PREFIX + "equals",
                  MethodTypeDesc.of(CD_boolean, host, CD_Object),
                  HELPER,
                  code -> equals(code, host, components));
            });
  }

  private static void hashCode(
      CodeBuilder code, ClassDesc host, List<RecordComponentInfo> components) {
    code.iconst_0();
    for (RecordComponentInfo component : components) {
      ClassDesc type = component.descriptorSymbol();
      code.bipush(31).imul().aload(0).getfield(host, component.name().stringValue(), type);
      if (type.isPrimitive()) {
        code.invokestatic(Conversions.wrapper(type), "hashCode", MethodTypeDesc.of(CD_int, type));
      } else {
        code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(CD_int, CD_Object));
      }
      code.iadd();
    }
    code.ireturn();
  }

  private static void equals(
      CodeBuilder code, ClassDesc host, List<RecordComponentInfo> components) {
    Label same = code.newLabel();
    Label differs = code.newLabel();
    code.aload(0).aload(1).if_acmpeq(same);
    code.aload(1).instanceOf(host).ifeq(differs);
    code.aload(1).checkcast(host).astore(2);
    for (RecordComponentInfo component : components) {
      String name = component.name().stringValue();
      ClassDesc type = component.descriptorSymbol();
      code.aload(0).getfield(host, name, type).aload(2).getfield(host, name, type);
      unlessEqual(code, type, differs);
    }
    code.labelBinding(same).iconst_1().ireturn();
    code.labelBinding(differs).iconst_0().ireturn();
  }

  private static void unlessEqual(CodeBuilder code, ClassDesc type, Label differs) {
    if (type.isPrimitive()) {
      code.invokestatic(Conversions.wrapper(type), "compare", MethodTypeDesc.of(CD_int, type, type))
          .ifne(differs);
    } else {
      code.invokestatic(OBJECTS, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object))
          .ifeq(differs);
    }
  }
}
