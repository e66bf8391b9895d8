package io.viking.desugar;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.NestHostAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc.Kind;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;

/**
 * The class that a lambda becomes: a field for each captured value, and the interface's method,
 * which calls the body. One that captures nothing has one instance.
 */
final class LambdaClass {
  private static final String INSTANCE = "INSTANCE";
  private static final String FACTORY = "of";

  private final Lambda lambda;
  private final ClassDesc name;

  LambdaClass(Lambda lambda, ClassDesc name) {
    this.lambda = lambda;
    this.name = name;
  }

  /** Where the lambda was made: makes the instance. */
  void make(CodeBuilder code) {
    if (lambda.captures()) {
      code.invokestatic(name, FACTORY, lambda.factory());
    } else {
      code.getstatic(name, INSTANCE, lambda.factory().returnType());
    }
  }

  /** The class file; nothing if a value is converted in a way that is not known here. */
  Optional<byte[]> write(ClassDesc nestHost) {
    try {
      return Optional.of(ClassFile.of().build(name, builder -> define(builder, nestHost)));
    } catch (Conversions.UnknownException e) {
      return Optional.empty();
    }
  }

  private void define(ClassBuilder builder, ClassDesc nestHost) {
    builder
        .withVersion(Nests.VERSION, 0)
        .withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC | ClassFile.ACC_SUPER)
        .withInterfaceSymbols(lambda.factory().returnType())
        .with(NestHostAttribute.of(nestHost));
    List<ClassDesc> captured = lambda.captured();
    for (int i = 0; i < captured.size(); i++) {
      builder.withField(field(i), captured.get(i), ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
    }
    builder.withMethodBody(INIT_NAME, init(), ClassFile.ACC_PRIVATE, this::construct);
    if (lambda.captures()) {
      builder.withMethodBody(FACTORY, lambda.factory(), ClassFile.ACC_STATIC, this::instance);
    } else {
      single(builder);
    }
    builder.withMethodBody(lambda.method(), lambda.erased(), ClassFile.ACC_PUBLIC, this::run);
  }

  private static String field(int captured) {
    return "captured" + captured;
  }

  private MethodTypeDesc init() {
    return lambda.factory().changeReturnType(CD_void);
  }

  private void construct(CodeBuilder code) {
    code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void);
    List<ClassDesc> captured = lambda.captured();
    for (int i = 0; i < captured.size(); i++) {
      code.aload(0);
      parameter(code, i, captured.get(i));
      code.putfield(name, field(i), captured.get(i));
    }
    code.return_();
  }

  private void instance(CodeBuilder code) {
    code.new_(name).dup();
    List<ClassDesc> captured = lambda.captured();
    for (int i = 0; i < captured.size(); i++) {
      parameter(code, i, captured.get(i));
    }
    code.invokespecial(name, INIT_NAME, init()).areturn();
  }

  private void single(ClassBuilder builder) {
    ClassDesc type = lambda.factory().returnType();
    builder.withField(INSTANCE, type, ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
    builder.withMethodBody(
        "<clinit>",
        MTD_void,
        ClassFile.ACC_STATIC,
        code ->
            code.new_(name)
                .dup()
                .invokespecial(name, INIT_NAME, MTD_void)
                .putstatic(name, INSTANCE, type)
                .return_());
  }

  private void run(CodeBuilder code) {
    if (lambda.body().kind() == Kind.CONSTRUCTOR) {
      code.new_(lambda.body().owner()).dup();
    }
    // The receiver among them, if there is one.
    List<ClassDesc> wanted = lambda.body().invocationType().parameterList();
    List<ClassDesc> captured = lambda.captured();
    for (int i = 0; i < captured.size(); i++) {
      code.aload(0).getfield(name, field(i), captured.get(i));
      Conversions.captured(code, captured.get(i), wanted.get(i));
    }
    for (int i = 0; i < lambda.erased().parameterCount(); i++) {
      ClassDesc given = lambda.erased().parameterType(i);
      parameter(code, i, given);
      Conversions.argument(
          code, given, lambda.instantiated().parameterType(i), wanted.get(captured.size() + i));
    }
    call(code);
    Conversions.result(
        code, lambda.body().invocationType().returnType(), lambda.erased().returnType());
    code.return_(TypeKind.from(lambda.erased().returnType()));
  }

  private void call(CodeBuilder code) {
    ClassDesc owner = lambda.body().owner();
    String method = lambda.body().methodName();
    MethodTypeDesc type = MethodTypeDesc.ofDescriptor(lambda.body().lookupDescriptor());
    switch (lambda.body().kind()) {
      case STATIC -> code.invokestatic(owner, method, type);
      case INTERFACE_STATIC -> code.invokestatic(owner, method, type, true);
      // What is special is private, and the nest may call it as any other.
      case VIRTUAL, SPECIAL -> code.invokevirtual(owner, method, type);
      case INTERFACE_VIRTUAL, INTERFACE_SPECIAL -> code.invokeinterface(owner, method, type);
      case CONSTRUCTOR -> code.invokespecial(owner, INIT_NAME, type);
      default -> throw new Conversions.UnknownException();
    }
  }

  private static void parameter(CodeBuilder code, int index, ClassDesc type) {
    code.loadLocal(TypeKind.from(type), code.parameterSlot(index));
  }
}
