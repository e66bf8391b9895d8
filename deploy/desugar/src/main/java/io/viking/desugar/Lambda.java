package io.viking.desugar;

import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;

/**
 * A lambda expression or method reference, as {@link java.lang.invoke.LambdaMetafactory} is asked
 * for it.
 *
 * @param method the interface's
 * @param factory from what is captured to the interface
 * @param erased the interface method's own type
 * @param instantiated the same as the compiler knows it here
 * @param body what it does
 */
record Lambda(
    String method,
    MethodTypeDesc factory,
    MethodTypeDesc erased,
    MethodTypeDesc instantiated,
    DirectMethodHandleDesc body) {
  private static final ClassDesc METAFACTORY = ClassDesc.of("java.lang.invoke.LambdaMetafactory");

  /** Nothing for other calls, and for lambdas that are serialized or have marker interfaces. */
  static Optional<Lambda> of(ClassDesc host, InvokeDynamicInstruction call) {
    DirectMethodHandleDesc bootstrap = call.bootstrapMethod();
    if (!bootstrap.owner().equals(METAFACTORY) || !bootstrap.methodName().equals("metafactory")) {
      return Optional.empty();
    }
    List<ConstantDesc> arguments = call.bootstrapArgs();
    var lambda =
        new Lambda(
            call.name().stringValue(),
            call.typeSymbol(),
            (MethodTypeDesc) arguments.get(0),
            (MethodTypeDesc) arguments.get(2),
            (DirectMethodHandleDesc) arguments.get(1));
    return lambda.isCallableBesides(host) ? Optional.of(lambda) : Optional.empty();
  }

  /** A superclass' method, past its override, can be called by the subclass alone. */
  private boolean isCallableBesides(ClassDesc host) {
    boolean special =
        switch (body.kind()) {
          case SPECIAL, INTERFACE_SPECIAL -> true;
          default -> false;
        };
    return !body.owner().isArray() && (!special || body.owner().equals(host));
  }

  List<ClassDesc> captured() {
    return factory.parameterList();
  }

  boolean captures() {
    return factory.parameterCount() > 0;
  }
}
