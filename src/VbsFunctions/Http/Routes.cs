namespace VbsFunctions.Http;

/// <summary>Every path that the service knows, with its method: what a 405 allows is read here, and a test holds it to the functions' triggers.</summary>
/// <remarks>Matching is the Functions host's: regardless of case, with or without a slash at the end.</remarks>
internal static class Routes
{
    /// <summary>Restore a backup to a volume.</summary>
    public const string RestoreV2 = "v2/{projectId}/backups/{backupId}/restore";

    /// <inheritdoc cref="RestoreV2"/>
    public const string RestoreV3 = "v3/{projectId}/backups/{backupId}/restore";

    /// <summary>Restore a backup to a volume, VBS's own call.</summary>
    public const string RestoreCloud = "v2/{projectId}/cloudbackups/{backupId}/restore";

    /// <summary>Reset the status of a backup.</summary>
    public const string BackupActionV2 = "v2/{projectId}/backups/{backupId}/action";

    /// <inheritdoc cref="BackupActionV2"/>
    public const string BackupActionV3 = "v3/{projectId}/backups/{backupId}/action";

    /// <summary>Reset the status of a volume.</summary>
    public const string VolumeActionV2 = "v2/{projectId}/volumes/{volumeId}/action";

    /// <inheritdoc cref="VolumeActionV2"/>
    public const string VolumeActionV3 = "v3/{projectId}/volumes/{volumeId}/action";

    /// <summary>Export the record of a backup.</summary>
    public const string ExportRecordV2 = "v2/{projectId}/backups/{backupId}/export_record";

    /// <inheritdoc cref="ExportRecordV2"/>
    public const string ExportRecordV3 = "v3/{projectId}/backups/{backupId}/export_record";

    /// <summary>Import the record of a backup.</summary>
    public const string ImportRecordV2 = "v2/{projectId}/backups/import_record";

    /// <inheritdoc cref="ImportRecordV2"/>
    public const string ImportRecordV3 = "v3/{projectId}/backups/import_record";

    /// <summary>Show a backup.</summary>
    public const string BackupV2 = "v2/{projectId}/backups/{backupId}";

    /// <inheritdoc cref="BackupV2"/>
    public const string BackupV3 = "v3/{projectId}/backups/{backupId}";

    /// <summary>List backups.</summary>
    public const string BackupsV2 = "v2/{projectId}/backups";

    /// <inheritdoc cref="BackupsV2"/>
    public const string BackupsV3 = "v3/{projectId}/backups";

    /// <summary>List backups with all that is known of them.</summary>
    public const string BackupDetailsV2 = "v2/{projectId}/backups/detail";

    /// <inheritdoc cref="BackupDetailsV2"/>
    public const string BackupDetailsV3 = "v3/{projectId}/backups/detail";

    /// <summary>List volumes, or make one.</summary>
    public const string VolumesV2 = "v2/{projectId}/volumes";

    /// <inheritdoc cref="VolumesV2"/>
    public const string VolumesV3 = "v3/{projectId}/volumes";

    /// <summary>List volumes with all that is known of them.</summary>
    public const string VolumeDetailsV2 = "v2/{projectId}/volumes/detail";

    /// <inheritdoc cref="VolumeDetailsV2"/>
    public const string VolumeDetailsV3 = "v3/{projectId}/volumes/detail";

    /// <summary>Show a volume.</summary>
    public const string VolumeV2 = "v2/{projectId}/volumes/{volumeId}";

    /// <inheritdoc cref="VolumeV2"/>
    public const string VolumeV3 = "v3/{projectId}/volumes/{volumeId}";

    /// <summary>Show the job that carries a restore.</summary>
    public const string Job = "v1/{projectId}/jobs/{jobId}";

    /// <summary>Version discovery of one version.</summary>
    public const string VersionV2 = "v2";

    /// <inheritdoc cref="VersionV2"/>
    public const string VersionV3 = "v3";

    /// <summary>Version discovery of all. No trigger has it: a function of this route kills every other, so <see cref="Any"/> serves it.</summary>
    public const string Root = "";

    /// <summary>Say whether the service can work.</summary>
    public const string Health = "health";

    /// <summary>Everything else, the root included.</summary>
    public const string Any = "{*path}";

    /// <summary>The paths and their methods.</summary>
    public static IReadOnlyList<(string Template, string Method)> All { get; } =
    [
        (Root, "GET"), (Root, "HEAD"), (VersionV2, "GET"), (VersionV2, "HEAD"), (VersionV3, "GET"), (VersionV3, "HEAD"),
        (Health, "GET"), (Health, "HEAD"),
        (BackupsV2, "GET"), (BackupsV3, "GET"), (BackupDetailsV2, "GET"), (BackupDetailsV3, "GET"),
        (VolumesV2, "GET"), (VolumesV2, "POST"), (VolumesV3, "GET"), (VolumesV3, "POST"), (VolumeDetailsV2, "GET"), (VolumeDetailsV3, "GET"),
        (BackupV2, "GET"), (BackupV3, "GET"), (VolumeV2, "GET"), (VolumeV2, "DELETE"), (VolumeV3, "GET"), (VolumeV3, "DELETE"),
        (RestoreV2, "POST"), (RestoreV3, "POST"), (RestoreCloud, "POST"), (Job, "GET"),
        (BackupActionV2, "POST"), (BackupActionV3, "POST"), (VolumeActionV2, "POST"), (VolumeActionV3, "POST"),
        (ExportRecordV2, "GET"), (ExportRecordV3, "GET"), (ImportRecordV2, "POST"), (ImportRecordV3, "POST"),
    ];

    /// <summary>The methods of a path, as <c>Allow</c> lists them; null when there is no such path.</summary>
    /// <param name="path">The path of a request, as <c>/v2/…</c>.</param>
    public static string? Allow(string path)
    {
        var methods = All.Where(route => Matches(route.Template, path)).Select(route => route.Method).Distinct().ToList();
        return methods.Count == 0 ? null : string.Join(", ", methods);
    }

    /// <summary>Whether a path is of a template, as the Functions host sees it.</summary>
    public static bool Matches(string template, string path)
    {
        var expected = template.Split('/');
        var actual = path.TrimStart('/').TrimEnd('/').Split('/');
        return expected.Length == actual.Length && expected.Zip(actual).All(pair => pair.First.StartsWith('{')
            ? pair.Second.Length > 0
            : pair.First.Equals(pair.Second, StringComparison.OrdinalIgnoreCase));
    }
}
