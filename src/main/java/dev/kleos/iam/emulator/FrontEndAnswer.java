package dev.kleos.iam.emulator;

import java.util.Map;

/// What a Cloud Run service, or its front end in its place, answers a request with.
///
/// @param status the HTTP status
/// @param body empty where the status allows none
public record FrontEndAnswer(int status, Map<String, String> headers, String body) {}
