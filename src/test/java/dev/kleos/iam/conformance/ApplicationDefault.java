package dev.kleos.iam.conformance;

import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.net.URI;

/// A program of somebody who knows nothing of kleos-iam: calls an API as whoever the Application
/// Default Credentials are, by Google's library for Java.
final class ApplicationDefault {
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";

  private ApplicationDefault() {}

  /// Prints the answer.
  ///
  /// @param args the URL to read
  public static void main(String[] args) throws IOException {
    var credentials = GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
    var request =
        new NetHttpTransport()
            .createRequestFactory(new HttpCredentialsAdapter(credentials))
            .buildGetRequest(new GenericUrl(URI.create(args[0])));
    System.out.println(request.execute().parseAsString());
  }
}
