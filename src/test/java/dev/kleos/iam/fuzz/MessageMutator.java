package dev.kleos.iam.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Changes answers of Google field by field.
record MessageMutator(Random random) {
  private static final List<String> WORDS = Dictionary.ANY;

  /// The message, changed in one to four places.
  Message mutate(Message message) {
    var changed = message;
    for (var edits = 1 + random.nextInt(4); edits > 0; edits--) {
      changed = edited(changed);
    }
    return changed;
  }

  private Message edited(Message message) {
    var builder = message.toBuilder();
    var fields = message.getDescriptorForType().getFields();
    if (fields.isEmpty()) {
      return message;
    }
    var filled = new ArrayList<>(message.getAllFields().keySet());
    var field =
        filled.isEmpty() || random.nextInt(3) == 0
            ? fields.get(random.nextInt(fields.size()))
            : filled.get(random.nextInt(filled.size()));
    if (field.isMapField()) {
      builder.clearField(field);
    } else if (field.isRepeated()) {
      repeated(builder, field);
    } else if (random.nextInt(6) == 0) {
      builder.clearField(field);
    } else {
      builder.setField(field, value(builder, field, builder.getField(field)));
    }
    return builder.build();
  }

  private void repeated(Message.Builder builder, FieldDescriptor field) {
    var count = builder.getRepeatedFieldCount(field);
    if (count == 0) {
      builder.addRepeatedField(field, fresh(builder, field));
      return;
    }
    var at = random.nextInt(count);
    var old = builder.getRepeatedField(field, at);
    switch (random.nextInt(6)) {
      case 0 -> builder.clearField(field);
      case 1 -> builder.addRepeatedField(field, old);
      case 2 -> {
        for (var more = random.nextInt(300); more > 0; more--) {
          builder.addRepeatedField(field, old);
        }
      }
      default -> builder.setRepeatedField(field, at, value(builder, field, old));
    }
  }

  private Object fresh(Message.Builder builder, FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        ? edited(builder.newBuilderForField(field).build())
        : value(builder, field, "");
  }

  private Object value(Message.Builder builder, FieldDescriptor field, Object old) {
    return switch (field.getJavaType()) {
      case INT -> (int) number();
      case LONG -> number();
      case FLOAT -> Float.NaN;
      case DOUBLE -> Double.NaN;
      case BOOLEAN -> random.nextBoolean();
      case STRING -> text(old);
      case BYTE_STRING -> bytes();
      case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(9));
      case MESSAGE ->
          edited(old instanceof Message it ? it : builder.newBuilderForField(field).build());
    };
  }

  private long number() {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(5);
      case 1 -> Long.MAX_VALUE;
      case 2 -> Long.MIN_VALUE;
      default -> random.nextLong();
    };
  }

  private String text(Object old) {
    var word = WORDS.get(random.nextInt(WORDS.size()));
    return switch (random.nextInt(6)) {
      case 0 -> "";
      case 1 -> word.repeat(1 + random.nextInt(3000));
      case 2, 3 -> old + word;
      default -> word;
    };
  }

  private ByteString bytes() {
    var bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(3000) : random.nextInt(12)];
    random.nextBytes(bytes);
    return ByteString.copyFrom(bytes);
  }
}
