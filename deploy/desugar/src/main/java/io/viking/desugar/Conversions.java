package io.viking.desugar;

import static java.lang.constant.ConstantDescs.CD_Boolean;
import static java.lang.constant.ConstantDescs.CD_Byte;
import static java.lang.constant.ConstantDescs.CD_Character;
import static java.lang.constant.ConstantDescs.CD_Double;
import static java.lang.constant.ConstantDescs.CD_Float;
import static java.lang.constant.ConstantDescs.CD_Integer;
import static java.lang.constant.ConstantDescs.CD_Long;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_Short;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_char;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_short;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/**
 * From the types of an interface's method to those of a lambda's body and back, as {@link
 * java.lang.invoke.LambdaMetafactory} has it: casts, boxes, and wider numbers.
 */
final class Conversions {
  private static final List<ClassDesc> PRIMITIVES =
      List.of(CD_boolean, CD_byte, CD_char, CD_short, CD_int, CD_long, CD_float, CD_double);
  private static final List<ClassDesc> WRAPPERS =
      List.of(
          CD_Boolean, CD_Byte, CD_Character, CD_Short, CD_Integer, CD_Long, CD_Float, CD_Double);

  private Conversions() {}

  /** A lambda that stays as it is. */
  static final class UnknownException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** A captured value on the stack: the compiler has seen that it fits, but for its box. */
  static void captured(CodeBuilder code, ClassDesc given, ClassDesc wanted) {
    if (given.isPrimitive() || wanted.isPrimitive()) {
      argument(code, given, given, wanted);
    }
  }

  /**
   * An argument on the stack.
   *
   * @param known what the compiler knows {@code given} to be
   */
  static void argument(CodeBuilder code, ClassDesc given, ClassDesc known, ClassDesc wanted) {
    if (given.isPrimitive()) {
      fromPrimitive(code, given, wanted);
    } else if (wanted.isPrimitive()) {
      code.checkcast(known);
      unbox(code, known);
      widen(code, primitive(known), wanted);
    } else {
      cast(code, given, wanted);
    }
  }

  /** The body's result on the stack, to what the interface's method returns. */
  static void result(CodeBuilder code, ClassDesc given, ClassDesc wanted) {
    if (wanted.equals(CD_void)) {
      drop(code, given);
    } else if (given.equals(CD_void)) {
      throw new UnknownException();
    } else if (given.isPrimitive()) {
      fromPrimitive(code, given, wanted);
    } else if (wanted.isPrimitive()) {
      ClassDesc box = WRAPPERS.contains(given) ? given : wrapper(wanted);
      cast(code, given, box);
      unbox(code, box);
      widen(code, primitive(box), wanted);
    } else {
      cast(code, given, wanted);
    }
  }

  static ClassDesc wrapper(ClassDesc primitive) {
    return partner(primitive, PRIMITIVES, WRAPPERS);
  }

  private static ClassDesc primitive(ClassDesc wrapper) {
    return partner(wrapper, WRAPPERS, PRIMITIVES);
  }

  private static ClassDesc partner(ClassDesc type, List<ClassDesc> from, List<ClassDesc> to) {
    int at = from.indexOf(type);
    if (at < 0) {
      throw new UnknownException();
    }
    return to.get(at);
  }

  private static void fromPrimitive(CodeBuilder code, ClassDesc given, ClassDesc wanted) {
    if (wanted.isPrimitive()) {
      widen(code, given, wanted);
    } else {
      ClassDesc box = wrapper(given);
      code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, given));
    }
  }

  private static void unbox(CodeBuilder code, ClassDesc wrapper) {
    ClassDesc value = primitive(wrapper);
    code.invokevirtual(wrapper, value.displayName() + "Value", MethodTypeDesc.of(value));
  }

  private static void widen(CodeBuilder code, ClassDesc given, ClassDesc wanted) {
    if (!given.equals(wanted)) {
      code.conversion(TypeKind.from(given), TypeKind.from(wanted));
    }
  }

  private static void cast(CodeBuilder code, ClassDesc given, ClassDesc wanted) {
    if (!wanted.equals(CD_Object) && !wanted.equals(given)) {
      code.checkcast(wanted);
    }
  }

  private static void drop(CodeBuilder code, ClassDesc given) {
    switch (TypeKind.from(given).slotSize()) {
      case 1 -> code.pop();
      case 2 -> code.pop2();
      default -> {}
    }
  }
}
