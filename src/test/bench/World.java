import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/// State files of the emulator.
final class World {
  private World() {}

  /// A world of accounts, each with a policy of five members.
  static Path write(Path file, int policies) throws IOException {
    return write(file, policies, 5);
  }

  /// A world of accounts, each with a policy of so many members, above Google's limits too.
  static Path write(Path file, int policies, int members) throws IOException {
    var names =
        IntStream.range(0, members).mapToObj(i -> '"' + member(i) + '"').collect(joining(", "));
    return Files.writeString(
        file,
        """
        {
          "kleosIamEmulator": 1,
          "limits": "off",
          "projects": {"kleos-demo": {"number": "123456789012"}},
          "serviceAccounts": {%s},
          "policies": {%s}
        }
        """
            .formatted(
                rows(
                    policies,
                    "\"1%020d\": {\"project\": \"kleos-demo\","
                        + " \"email\": \"account-%1$d@kleos-demo.iam.gserviceaccount.com\"}"),
                rows(
                    policies,
                    "\"projects/kleos-demo/serviceAccounts/1%020d\": {\"bindings\":"
                        + " [{\"role\": \"roles/iam.serviceAccountUser\", \"members\": ["
                        + names
                        + "]}]}")));
  }

  /// The address of an account of such a world.
  static String account(int number) {
    return "account-" + number + "@kleos-demo.iam.gserviceaccount.com";
  }

  /// One of those who act as each of its accounts.
  static String member(int number) {
    return "user:somebody-" + number + "@example.com";
  }

  private static String rows(int count, String row) {
    return IntStream.range(0, count).mapToObj(row::formatted).collect(joining(",\n"));
  }
}
