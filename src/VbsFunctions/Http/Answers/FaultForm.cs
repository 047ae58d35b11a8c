namespace VbsFunctions.Http.Answers;

/// <summary>The forms in which a fault is written.</summary>
internal enum FaultForm
{
    /// <summary>OpenStack's, <c>{"badRequest":{"code":400,"message":"…"}}</c>.</summary>
    OpenStack,

    /// <summary>RFC 9457's, for a client that asks for it by name: python-cinderclient fails on any body whose first key is not an
    /// object (cinderclient/exceptions.py, from_response).</summary>
    Problem,

    /// <summary>That of VBS's own calls, <c>{"error":{"code":"VolumeBackup.…","message":"…"}}</c> (api-ref, restoring_a_disk_using_a_vbs_backup).</summary>
    Vendor,
}
