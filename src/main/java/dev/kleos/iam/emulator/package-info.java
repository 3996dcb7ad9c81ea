/// Google's IAM APIs in this process, as ordinary gRPC services: IAM Admin v1, Cloud Run Admin v2
/// and Resource Manager v3, as far as allow policies need them, predefined roles, the tokens of IAM
/// Credentials v1, and the APIs of a project by Service Usage v1. A test double, and a playground
/// without a Google account.
///
/// An `authorization` header says who is calling: no header, or `operator`, is the operator, an
/// e-mail is that user or that live service account, and a token that was minted here is whom it
/// was minted for. Any other token could be somebody's real one: it is refused, its caller is
/// `unknown` in the log, and the token is neither kept nor shown. So is a header without a token,
/// and more than one.
///
/// The operator may do everything. Anybody else needs a permission for every method, by the roles
/// that the policies of a resource and of its project grant ([Access]). Not modelled are deny
/// policies, folders and organizations, and the convenience values for a project's basic roles.
///
/// A Cloud Run service has a front end, as at Google: a request to its address is let through where
/// the caller may invoke it and shows so by an ID token. Behind it is a program that says who
/// called, and what it got. A server has the front ends on its REST port; without one, they are
/// asked in this process.
///
/// It shares no code with the tool that it is there to test, so that one mistake cannot hide on
/// both sides.
///
/// ## How sure are we?
///
/// The comment of each emulated behaviour says it: **documented** (Google's documentation or its
/// API definitions), **recorded** (seen in real traffic, or an error text quoted in public) or
/// **assumed** (our best guess: let nothing depend on it).
///
/// ## The world file
///
/// A world that somebody wrote and the state that the emulator keeps are one format, strict JSON:
///
/// ```json
/// {
///   "kleosIamEmulator": 1,
///   "limits": "off",
///   "projects": {"kleos-demo": {"number": "123456789012"}},
///   "services": [
///     "projects/kleos-demo/locations/us-central1/services/kleos-service",
///     {
///       "name": "projects/kleos-demo/locations/us-central1/services/kleos-tasks",
///       "customAudiences": ["https://tasks.example.com"],
///       "invokerIamDisabled": true,
///       "ingress": "internal",
///       "answers": 503
///     }
///   ],
///   "disabledApis": {"kleos-demo": ["iamcredentials.googleapis.com"]},
///   "identities": {"alice@example.com": "user", "team@example.com": "group"},
///   "aliases": {"ally@example.com": "alice@example.com"},
///   "groups": {"team@example.com": ["alice@example.com", "other-team@example.com"]},
///   "roles": {
///     "projects/kleos-demo/roles/planReader": {
///       "title": "Plan reader",
///       "description": "Reads what a plan is about",
///       "stage": "GA",
///       "includedPermissions": ["iam.serviceAccounts.get", "iam.serviceAccounts.getIamPolicy"]
///     }
///   },
///   "serviceAccounts": {
///     "107569531804217301234": {
///       "project": "kleos-demo",
///       "email": "kleos-invoker@kleos-demo.iam.gserviceaccount.com",
///       "displayName": "Kleos invoker",
///       "description": "Calls the service"
///     },
///     "107569531804217301235": {
///       "project": "kleos-demo",
///       "email": "old@kleos-demo.iam.gserviceaccount.com",
///       "disabled": true,
///       "deleteTime": "2026-11-23T10:00:00Z"
///     }
///   },
///   "policies": {
///     "projects/kleos-demo/serviceAccounts/107569531804217301234": {
///       "etag": "BwYk3zP9abc=",
///       "bindings": [
///         {
///           "role": "roles/iam.serviceAccountUser",
///           "members": ["user:alice@example.com"],
///           "condition": {"title": "t", "description": "d", "expression": "request.time < timestamp(\"2027-01-31T00:00:00Z\")"}
///         }
///       ],
///       "auditConfigs": [
///         {"service": "allServices", "auditLogConfigs": [{"logType": "DATA_READ", "exemptedMembers": ["user:bob@example.com"]}]}
///       ]
///     }
///   }
/// }
/// ```
///
/// - `kleosIamEmulator` is the format's version, and the mark without which a file is refused and
///   never overwritten.
/// - `limits` is there only to say `off`: the limits of policies are lifted.
/// - A service is its name, or an object where there is more to say of it. `customAudiences` are
///   what an ID token may be for besides the addresses of the service; with `invokerIamDisabled`
///   nobody is asked who calls. `ingress` is `all`, `internal` or
///   `internal-and-cloud-load-balancing`: all but the first keep out whoever calls from here.
///   `answers` is the HTTP status that the service's own program gives, 200 where nothing is said.
/// - `disabledApis` says which of the emulator's APIs are not enabled in a project: `iam`, `run`,
///   `iamcredentials`, `cloudresourcemanager` or `serviceusage`, each with `.googleapis.com`. All
///   others are. Calls of them are refused for whoever calls, the operator included.
/// - `identities` says which e-mail addresses are a `user` and which a `group`: a member that names
///   one of them as something else is refused. Any other address is whatever a member says. Case
///   does not matter, and is not kept. Service accounts do not belong there.
/// - `aliases` says which address is stored in place of which: a user's or a group's primary
///   address in place of another name of theirs, or its own spelling in place of any other. Their
///   case is kept only in what is stored. An alias of an alias stands for that one, no further.
/// - `groups` says who is in a group: users, service accounts and other groups. A group that stands
///   here need not stand among the identities. What policies grant to a group, all in it have; to a
///   group that does not stand here, nobody. An account that is deleted stays as
///   `deleted:serviceAccount:EMAIL?uid=UNIQUE_ID`: it is nobody, until it is restored.
/// - `roles` are the custom roles of projects. All of a role may be left out; `stage` is then
///   `ALPHA`, and else `BETA`, `GA`, `DEPRECATED`, `EAP` or `DISABLED`: a role that is disabled
///   carries no permission, and neither does one that does not stand here, though both can be
///   granted. No role can be granted outside of its project.
/// - Service accounts stand under their unique ids (21 digits), because a deleted account and its
///   successor share the e-mail. All of an account but `project` and `email` may be left out; a
///   `deleteTime` (RFC 3339) says that it is deleted.
/// - Policies stand under the names of their resources, that of an account with its unique id.
///   `etag` is base64 (both alphabets are read); left out, it follows from the content, and for an
///   empty policy is that of one that was never set. A `version` is tolerated and ignored: it
///   follows from the content.
/// - An unknown key is an error, and so is a key that stands twice. Order carries no meaning; it is
///   written sorted.
///
/// ## Faults
///
/// What goes wrong, [Faults] says, and nothing does unless it is asked for. A file of faults and
/// the body of `POST /_emulator/faults` are one format, strict JSON, read as a whole or not at all:
///
/// ```json
/// {
///   "faults": [
///     {"fault": "status", "code": "RESOURCE_EXHAUSTED", "message": "Slower.", "retryDelay": "2s",
///      "method": "SetIamPolicy", "resource": "projects/*/serviceAccounts/*", "after": 1, "count": 3},
///     {"fault": "conflict", "count": 5},
///     {"fault": "latency", "time": "200ms", "method": "google.iam.admin.v1.IAM/*", "count": "always"},
///     {"fault": "answer-lost", "method": "SetIamPolicy"},
///     {"fault": "connection-cut", "method": "CreateServiceAccount"},
///     {"fault": "stale-reads", "for": "10s"},
///     {"fault": "flapping-accounts", "for": "60s"},
///     {"fault": "short-page", "entries": 2, "method": "ListServiceAccounts"}
///   ]
/// }
/// ```
///
/// - `fault` is the kind, see [FaultKind]; `method`, `resource`, `after` and `count` are for which
///   calls, see [Fault]. All but the kind may be left out: any method, any resource, none spared.
/// - `count` is a number or `always`. Left out it is 1, but `always` where `for` says when it ends.
/// - `code` is a name of `google.rpc.Code`, and goes with `status` alone; so do `message` and
///   `retryDelay`, which may be left out.
/// - `time` is how much longer a call takes. `for` is how long after a write or a creation reads
///   are stale and accounts flap; for ever where it is left out.
/// - `entries` is the most that a page has; none where it is left out.
/// - Times are a number and `ms`, `s`, `m`, `h` or `d`, by the emulator's clock but for `latency`.
@NullMarked
package dev.kleos.iam.emulator;

import org.jspecify.annotations.NullMarked;
