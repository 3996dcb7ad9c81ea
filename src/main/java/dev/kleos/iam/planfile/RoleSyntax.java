package dev.kleos.iam.planfile;

import static dev.kleos.iam.planfile.Wording.didYouMean;
import static dev.kleos.iam.planfile.Wording.quote;
import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.toCollection;

import dev.kleos.iam.model.Role;
import dev.kleos.iam.model.Similar;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Full names of roles. Google has thousands and adds more each week, so any well-formed name is
/// taken; the table below only serves to guess what a misspelled one was meant to be.
final class RoleSyntax {
  private static final int LONGEST = 300;
  private static final String PREFIX = "roles/";
  private static final Pattern SHORT_NAME = Pattern.compile("[A-Za-z0-9_.]+");
  private static final Pattern FULL_NAME =
      Pattern.compile(
          "(projects/[a-z0-9.:-]+/|organizations/[0-9]+/)roles/[A-Za-z0-9_.]{3,64}"
              + "|roles/[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*");

  private static final Set<String> WELL_KNOWN =
      Arrays.stream(
              """
              owner editor viewer browser
              run.invoker run.servicesInvoker run.viewer run.developer run.admin run.jobsExecutor
              iam.serviceAccountUser iam.serviceAccountTokenCreator
              iam.serviceAccountOpenIdTokenCreator
              iam.workloadIdentityUser iam.serviceAccountAdmin iam.serviceAccountCreator
              iam.serviceAccountDeleter iam.serviceAccountKeyAdmin iam.serviceAccountViewer
              iam.securityAdmin iam.securityReviewer iam.roleAdmin iam.roleViewer
              iam.workloadIdentityPoolAdmin iam.workloadIdentityPoolViewer
              resourcemanager.projectIamAdmin resourcemanager.projectCreator
              resourcemanager.projectDeleter resourcemanager.organizationAdmin
              logging.viewer logging.logWriter logging.admin logging.privateLogViewer
              monitoring.viewer monitoring.editor monitoring.admin monitoring.metricWriter
              cloudtrace.agent cloudtrace.user
              storage.admin storage.objectAdmin storage.objectCreator storage.objectUser
              storage.objectViewer storage.legacyBucketReader storage.legacyObjectReader
              secretmanager.secretAccessor secretmanager.viewer secretmanager.admin
              artifactregistry.reader artifactregistry.writer artifactregistry.admin
              cloudbuild.builds.builder cloudbuild.builds.editor cloudbuild.builds.viewer
              cloudfunctions.invoker cloudfunctions.viewer cloudfunctions.developer
              cloudfunctions.admin
              pubsub.publisher pubsub.subscriber pubsub.viewer pubsub.editor pubsub.admin
              cloudsql.client cloudsql.viewer cloudsql.editor cloudsql.admin
              bigquery.user bigquery.jobUser bigquery.dataViewer bigquery.dataEditor bigquery.admin
              datastore.user datastore.viewer datastore.owner
              compute.viewer compute.admin compute.networkUser
              container.viewer container.developer container.admin
              cloudasset.viewer cloudasset.owner
              cloudkms.cryptoKeyEncrypterDecrypter cloudscheduler.admin cloudtasks.enqueuer
              serviceusage.serviceUsageConsumer serviceusage.serviceUsageAdmin
              """
                  .split("\\s+", 0))
          .map(PREFIX::concat)
          .collect(
              collectingAndThen(toCollection(LinkedHashSet::new), Collections::unmodifiableSet));

  private RoleSyntax() {}

  static Parsed<Role> parse(String text) {
    if (text.length() <= LONGEST && FULL_NAME.matcher(text).matches()) {
      return new Parsed.Good<>(new Role(text));
    }
    return new Parsed.Bad<>(ProblemCode.ROLE_FORM, "unknown role " + quote(text) + advice(text));
  }

  /// Warns of a well-formed name that looks like a slip of a well-known one.
  static void warnOfDoubt(Located<Role> role, Problems problems) {
    var name = role.value().name();
    if (WELL_KNOWN.contains(name)) {
      return;
    }
    Similar.nearest(name, WELL_KNOWN, known -> known, 2)
        .ifPresent(likely ->
            problems.add(
                ProblemCode.ROLE_DOUBTFUL,
                role.span(),
                "no well-known role is called " + quote(name) + didYouMean(likely)));
  }

  private static String advice(String text) {
    var bare = text.substring(text.lastIndexOf('/') + 1).strip();
    var ofCustomer = text.startsWith("projects/") || text.startsWith("organizations/");
    var guess =
        bare.length() <= LONGEST && !ofCustomer
            ? Similar.nearest(PREFIX + bare, WELL_KNOWN, known -> known)
            : Optional.<String>empty();
    if (guess.isPresent()) {
      return didYouMean(guess.get());
    }
    return !text.contains("/") && bare.contains(".") && SHORT_NAME.matcher(bare).matches()
        ? didYouMean(PREFIX + bare)
        : "; write roles/SERVICE.NAME, or projects/PROJECT/roles/NAME for one of your own";
  }
}
