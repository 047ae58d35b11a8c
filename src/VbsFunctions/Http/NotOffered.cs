namespace VbsFunctions.Http;

/// <summary>The calls that VBS or Cinder documents around backups and volumes and that this service does not offer: 501 instead of 404, so that
/// whoever meets one knows that it is not a wrong address.</summary>
/// <remarks>Sources: api-ref/source/api_description/vbs_backups and /backup_policies of opentelekomcloud-docs/volume-backup-service;
/// cinder/api/v3/backups.py. VBS has no v3 of its vendor calls.</remarks>
internal static class NotOffered
{
    private static readonly (string Template, string Methods, string Call)[] Calls =
    [
        ("v2/{projectId}/backups", "POST", "Creating a backup"),
        ("v3/{projectId}/backups", "POST", "Creating a backup"),
        ("v2/{projectId}/backups/{backupId}", "DELETE", "Deleting a backup"),
        ("v3/{projectId}/backups/{backupId}", "DELETE", "Deleting a backup"),
        ("v3/{projectId}/backups/{backupId}", "PUT", "Updating a backup"),
        ("v2/{projectId}/cloudbackups", "POST", "Creating a backup"),
        ("v2/{projectId}/cloudbackups/quota", "GET", "Querying the quota of backups"),
        ("v2/{projectId}/cloudbackups/{backupId}", "POST", "Deleting a backup"),
        ("v2/{projectId}/os-vendor-backup-sharing", "POST GET", "Sharing a backup"),
        ("v2/{projectId}/os-vendor-backup-sharing/{sharedId}", "GET DELETE", "Sharing a backup"),
        ("v2/{projectId}/backuppolicy", "POST GET", "Managing backup policies"),
        ("v2/{projectId}/backuppolicy/tags", "GET", "Tagging backup policies"),
        ("v2/{projectId}/backuppolicy/resource_instances/action", "POST", "Querying backup policies by tag"),
        ("v2/{projectId}/backuppolicy/{policyId}", "PUT DELETE", "Managing backup policies"),
        ("v2/{projectId}/backuppolicy/{policyId}/action", "POST", "Executing a backup policy"),
        ("v2/{projectId}/backuppolicy/{policyId}/backuptasks", "GET", "Querying the tasks of a backup policy"),
        ("v2/{projectId}/backuppolicy/{policyId}/tags", "POST GET", "Tagging backup policies"),
        ("v2/{projectId}/backuppolicy/{policyId}/tags/action", "POST", "Tagging backup policies"),
        ("v2/{projectId}/backuppolicy/{policyId}/tags/{key}", "DELETE", "Tagging backup policies"),
        ("v2/{projectId}/backuppolicyresources", "POST", "Associating disks with a backup policy"),
        ("v2/{projectId}/backuppolicyresources/{policyId}/deleted_resources", "POST", "Dissociating disks from a backup policy"),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<(string Template, string Method)> All =>
        from call in Calls from method in call.Methods.Split(' ') select (call.Template, method);

    /// <summary>What a request would do, such as <c>Creating a backup</c>; null when it is none of these.</summary>
    public static string? Find(string method, string path) => Calls
        .Where(call => call.Methods.Split(' ').Contains(method) && Routes.Matches(call.Template, path))
        .Select(call => call.Call)
        .FirstOrDefault();
}
