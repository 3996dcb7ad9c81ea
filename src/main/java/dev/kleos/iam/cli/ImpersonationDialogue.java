package dev.kleos.iam.cli;

import dev.kleos.iam.checkup.LeftOn;
import dev.kleos.iam.checkup.Remedy;
import dev.kleos.iam.model.Resource;
import dev.kleos.iam.planfile.PlanUsageException;
import dev.kleos.iam.report.ImpersonationJson;
import dev.kleos.iam.report.ImpersonationReport;
import dev.kleos.iam.session.PutBack;
import dev.kleos.iam.session.WhoActs;

/// What `impersonate` does and says.
record ImpersonationDialogue(Surroundings surroundings, OutputOptions output) {
  int on(Resource.Account account, boolean programs) {
    checkPlace();
    StateFolder.impersonation(surroundings.env())
        .on(account.email(), programs, surroundings.clock().instant());
    if (!output.isJson()) {
      var out = output.out(surroundings);
      out.line("gcloud auth print-identity-token does not go by it; kleos-iam token does.");
      out.blank();
    }
    return status();
  }

  int off() {
    checkPlace();
    var lasting = StateFolder.impersonation(surroundings.env());
    var wasOurs = lasting.current().isPresent();
    var done = lasting.off();
    var left = look();
    if (!output.isJson()) {
      done.forEach(each -> output.out(surroundings).line(words(each)));
    }
    show(left);
    return wasOurs || left.ends().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
  }

  int status() {
    show(look());
    return ExitCode.DONE;
  }

  private void show(LeftOn left) {
    if (output.isJson()) {
      new ImpersonationJson(left, ImpersonationDialogue::command).print(surroundings.out());
    } else {
      new ImpersonationReport(output.out(surroundings), ImpersonationDialogue::command).print(left);
    }
  }

  private LeftOn look() {
    var env = surroundings.env();
    new ExecFolders(env).sweep(surroundings.clock().instant());
    var who = WhoActs.now(env, StateFolder.impersonation(env));
    return new LeftOn(env, who, surroundings.clock().instant());
  }

  private static String command(Remedy remedy) {
    return switch (remedy) {
      case Remedy.Shell(var words) -> CommandText.line(words);
      case Remedy.Own _, Remedy.Advice _, Remedy.None _ -> "";
    };
  }

  /// Whoever works on an emulator would switch their real gcloud.
  private void checkPlace() {
    var env = surroundings.env();
    if (!env.getOrDefault(EmulatorHost.VARIABLE, "").isEmpty()
        && env.getOrDefault("CLOUDSDK_CONFIG", "").isEmpty()) {
      throw new PlanUsageException(
          EmulatorHost.VARIABLE
              + " is set, and this would change how your gcloud acts at Google; use kleos-iam exec, or"
              + " give gcloud a folder of its own in CLOUDSDK_CONFIG");
    }
  }

  private static String words(PutBack done) {
    return switch (done.how()) {
      case AS_BEFORE -> "As it was before: " + done.file();
      case ACCOUNT_TAKEN_OUT -> "Edited since, so only the account was taken out: " + done.file();
      case GONE -> "Removed since, and left so: " + done.file();
      case LEFT -> "Edited since, and the account is not in it; left as it is: " + done.file();
    };
  }
}
