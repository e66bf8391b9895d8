package io.viking.desugar;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One class: its lambdas become classes of its nest, a record's methods plain code. */
final class ClassRewriter {
  private final ClassModel type;
  private final ClassDesc name;
  private final ClassDesc nestHost;
  private final Map<ClassDesc, byte[]> made = new LinkedHashMap<>();
  private boolean changed;

  /**
   * A class that was written again.
   *
   * @param made new classes, which {@code nestHost} must admit
   */
  record Rewritten(byte[] bytes, ClassDesc nestHost, Map<ClassDesc, byte[]> made) {}

  private ClassRewriter(ClassModel type) {
    this.type = type;
    this.name = type.thisClass().asSymbol();
    this.nestHost = Nests.host(type);
  }

  /**
   * @return nothing if there is nothing to change
   * @throws IllegalArgumentException it inherits from a class that is not on the class path
   */
  static Optional<Rewritten> rewrite(byte[] file) {
    ClassModel type = ClassFile.of().parse(file);
    if (type.isModuleInfo() || type.findAttribute(Attributes.bootstrapMethods()).isEmpty()) {
      return Optional.empty();
    }
    return new ClassRewriter(type).rewrite();
  }

  private Optional<Rewritten> rewrite() {
    byte[] bytes =
        ClassFile.of(ClassFile.DeadCodeOption.KEEP_DEAD_CODE)
            .transformClass(
                type,
                ClassTransform.transformingMethodBodies(this::rewrite)
                    .andThen(Nests::withVersion)
                    .andThen(
                        ClassTransform.endHandler(builder -> RecordMethods.define(builder, type))));
    return changed ? Optional.of(new Rewritten(bytes, nestHost, made)) : Optional.empty();
  }

  private void rewrite(CodeBuilder code, CodeElement element) {
    if (element instanceof InvokeDynamicInstruction call
        && (lambda(code, call) || RecordMethods.call(code, call, name))) {
      changed = true;
    } else {
      code.with(element);
    }
  }

  private boolean lambda(CodeBuilder code, InvokeDynamicInstruction call) {
    Optional<Lambda> found = Lambda.of(name, call);
    if (found.isEmpty()) {
      return false;
    }
    ClassDesc becomes = name.nested("$lambda$" + made.size());
    var lambda = new LambdaClass(found.get(), becomes);
    Optional<byte[]> file = lambda.write(nestHost);
    file.ifPresent(
        bytes -> {
          made.put(becomes, bytes);
          lambda.make(code);
        });
    return file.isPresent();
  }
}
