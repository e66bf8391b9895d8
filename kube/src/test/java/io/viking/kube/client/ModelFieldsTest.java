package io.viking.kube.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1ListMeta;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.viking.kube.client.ModelFields.ModelField;
import java.lang.reflect.Field;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelFieldsTest {
  @Test
  void everyModel_hasTheRegularShape() throws Exception {
    assertThat(TestingModels.all()).hasSizeGreaterThan(500);
    assertThat(TestingModels.all().stream().filter(type -> ModelFields.of(type).isEmpty()))
        .isEmpty();
  }

  @Test
  void everyField_isReadAndSetThroughItsAccess() throws Exception {
    var values = new TestingModels(1, 1);
    for (Class<?> model : TestingModels.all()) {
      ModelFields fields = ModelFields.of(model).orElseThrow();
      FieldAccess access = FieldAccessCode.spin(fields);
      Object object = access.create();
      assertThat(object).isExactlyInstanceOf(model);
      for (int i = 0; i < fields.fields().size(); i++) {
        Field field = fields.fields().get(i).field();
        field.setAccessible(true);
        Object value = values.value(field);
        access.set(object, i, value);
        assertThat(field.get(object)).as("%s", field).isSameAs(value);
        assertThat(access.get(object, i)).as("%s", field).isSameAs(value);
        access.set(object, i, null);
        assertThat(field.get(object)).as("%s", field).isNull();
      }
    }
  }

  @Test
  void names_areThoseOfTheJson() {
    assertThat(names(V1ListMeta.class))
        .contains("continue", "remainingItemCount", "resourceVersion");
  }

  @Test
  void managedFields_areNone() {
    assertThat(names(V1ObjectMeta.class)).contains("name").doesNotContain("managedFields");
  }

  @Test
  void otherClasses_areNoModels() {
    assertThat(ModelFields.of(Quantity.class)).isEmpty();
    assertThat(ModelFields.of(new V1Pod() {}.getClass())).isEmpty();
    assertThat(ModelFields.of(ObjectRef.class)).isEmpty();
  }

  private static List<String> names(Class<?> model) {
    return ModelFields.of(model).orElseThrow().fields().stream().map(ModelField::jsonName).toList();
  }
}
