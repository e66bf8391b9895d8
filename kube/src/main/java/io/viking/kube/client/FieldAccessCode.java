package io.viking.kube.client;

import io.viking.kube.client.ModelFields.ModelField;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;

/**
 * Spins a {@link FieldAccess} for a model: two switches over its getters and setters, in a hidden
 * class. What a JVM with C1 alone runs best is what javac would have made of the same switches by
 * hand; method handles it does not inline.
 */
final class FieldAccessCode {
  private static final ClassDesc SUPER = FieldAccess.class.describeConstable().orElseThrow();
  private static final ClassDesc NAME = ClassDesc.of(FieldAccess.class.getName() + "Of");
  private static final MethodTypeDesc CREATE = MethodTypeDesc.of(ConstantDescs.CD_Object);
  private static final MethodTypeDesc GET =
      MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object, ConstantDescs.CD_int);
  private static final MethodTypeDesc SET =
      MethodTypeDesc.of(
          ConstantDescs.CD_void,
          ConstantDescs.CD_Object,
          ConstantDescs.CD_int,
          ConstantDescs.CD_Object);

  private final ClassDesc model;
  private final List<ModelField> fields;

  private FieldAccessCode(ModelFields fields) {
    this.model = describe(fields.model());
    this.fields = fields.fields();
  }

  static FieldAccess spin(ModelFields fields) {
    byte[] code = new FieldAccessCode(fields).bytes();
    try {
      return (FieldAccess)
          MethodHandles.lookup()
              .defineHiddenClass(code, true)
              .lookupClass()
              .getDeclaredConstructor()
              .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no access to the fields of " + fields.model(), e);
    }
  }

  private byte[] bytes() {
    int method = ClassFile.ACC_FINAL;
    return ClassFile.of()
        .build(
            NAME,
            type ->
                type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER)
                    .withSuperclass(SUPER)
                    .withMethodBody("<init>", ConstantDescs.MTD_void, 0, FieldAccessCode::construct)
                    .withMethodBody("create", CREATE, method, this::create)
                    .withMethodBody("get", GET, method, this::get)
                    .withMethodBody("set", SET, method, this::set));
  }

  private static void construct(CodeBuilder code) {
    code.aload(0).invokespecial(SUPER, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void).return_();
  }

  private void create(CodeBuilder code) {
    code.new_(model)
        .dup()
        .invokespecial(model, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
        .areturn();
  }

  private void get(CodeBuilder code) {
    List<Label> labels = fieldSwitch(code);
    for (int i = 0; i < fields.size(); i++) {
      code.labelBinding(labels.get(i))
          .aload(1)
          .checkcast(model)
          .invokevirtual(
              model,
              fields.get(i).getter().getName(),
              MethodTypeDesc.of(describe(fields.get(i).field().getType())))
          .areturn();
    }
    unknownField(code, labels);
  }

  private void set(CodeBuilder code) {
    List<Label> labels = fieldSwitch(code);
    for (int i = 0; i < fields.size(); i++) {
      Class<?> type = fields.get(i).field().getType();
      code.labelBinding(labels.get(i)).aload(1).checkcast(model).aload(3);
      // The verifier lets any object pass for an interface, and looking for one is dear.
      if (!type.isInterface() && type != Object.class) {
        code.checkcast(describe(type));
      }
      code.invokevirtual(
              model,
              fields.get(i).setter().getName(),
              MethodTypeDesc.of(ConstantDescs.CD_void, describe(type)))
          .return_();
    }
    unknownField(code, labels);
  }

  /** One label for each field, and a last one for all other numbers. */
  private List<Label> fieldSwitch(CodeBuilder code) {
    var labels = new ArrayList<Label>();
    var cases = new ArrayList<SwitchCase>();
    for (int i = 0; i < fields.size(); i++) {
      labels.add(code.newLabel());
      cases.add(SwitchCase.of(i, labels.get(i)));
    }
    labels.add(code.newLabel());
    code.iload(2).tableswitch(labels.getLast(), cases);
    return labels;
  }

  private static void unknownField(CodeBuilder code, List<Label> labels) {
    ClassDesc error = IndexOutOfBoundsException.class.describeConstable().orElseThrow();
    code.labelBinding(labels.getLast())
        .new_(error)
        .dup()
        .iload(2)
        .invokespecial(
            error,
            ConstantDescs.INIT_NAME,
            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int))
        .athrow();
  }

  private static ClassDesc describe(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }
}
