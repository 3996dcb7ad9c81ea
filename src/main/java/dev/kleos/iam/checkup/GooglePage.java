package dev.kleos.iam.checkup;

import dev.kleos.iam.cloud.Endpoints.Answer;
import java.util.regex.Pattern;

/// Tells the answers of Google's front end from those of the service's own program. The `server`
/// header does not: it says Google for both.
final class GooglePage {
  /// Of the front end's pages that people can meet, the beginning is enough.
  private static final int BEGINNING = 4_000;

  /// Cloud Run's page: **recorded** for 401 and 403 in many public threads, **assumed** to be the
  /// same for whatever else it answers itself.
  private static final Pattern PLAIN =
      Pattern.compile("(?is)<title>[^<]*</title>.*<h1>Error: [^<]*</h1>");

  /// The page with the robot: **recorded** for 403, 404 and 502 of any of Google's hosts.
  private static final Pattern ROBOT =
      Pattern.compile("<title>Error \\d{3} \\([^<]*\\)!!1</title>");

  /// **Recorded** in public threads, where too many calls wait for an instance.
  private static final Pattern TOO_MANY = Pattern.compile("Rate exceeded\\.?\\s*");

  /// What Cloud Run says in `www-authenticate` of a token that it does not take: **recorded**.
  private static final String UNVERIFIED = "could not be verified";

  private GooglePage() {}

  /// Whether the front end answered, and the program was never asked.
  static boolean is(Answer answer) {
    var page = beginning(answer);
    return ROBOT.matcher(page).find()
        || (PLAIN.matcher(page).find() && isHtml(answer))
        || (answer.status() == 429 && TOO_MANY.matcher(page).matches())
        || (answer.status() == 401 && isInvalidToken(answer, page));
  }

  /// Whether Identity-Aware Proxy answered, which marks what it says: **recorded**.
  static boolean isOfProxy(Answer answer) {
    return answer.header("x-goog-iap-generated-response").isPresent();
  }

  /// A program can refuse a token in the same words, but then says something of its own beside it.
  private static boolean isInvalidToken(Answer answer, String page) {
    var challenge = answer.header("www-authenticate").orElse("");
    return challenge.contains("invalid_token")
        && (challenge.contains(UNVERIFIED) || page.isBlank());
  }

  private static boolean isHtml(Answer answer) {
    return answer.header("content-type").filter(type -> type.startsWith("text/html")).isPresent();
  }

  private static String beginning(Answer answer) {
    var text = answer.body().text();
    return text.substring(0, Math.min(text.length(), BEGINNING));
  }
}
