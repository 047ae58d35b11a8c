namespace Vbs.Restores;

/// <summary>Why a restore cannot succeed, however often it is tried. A value, not an exception: it crosses the orchestration.</summary>
/// <param name="Code">The VBS error code, such as <c>VolumeBackup.0200</c> (api-ref, appendix/error_codes).</param>
/// <param name="Reason">One sentence for the operator: what was wrong, and where. No secrets.</param>
public sealed record RestoreFault(string Code, string Reason)
{
    /// <summary>The data cannot be restored: "Failed to restore data".</summary>
    /// <param name="reason">One sentence for the operator.</param>
    public static RestoreFault Data(string reason) => new("VolumeBackup.0200", reason);
}
