namespace Vbs.Restores;

/// <summary>Why a restore is not accepted: the caller's matter, and nothing has changed.</summary>
/// <param name="Kind">Decides the HTTP status.</param>
/// <param name="Code">The VBS error code, such as <c>VolumeBackup.0089</c> (api-ref, appendix/error_codes); null where VBS has none.</param>
/// <param name="Message">Cinder's own sentence (cinder/exception.py, cinder/backup/api.py), which clients print as it is.</param>
public sealed record Refusal(RefusalKind Kind, string? Code, string Message);
