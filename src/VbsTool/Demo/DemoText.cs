namespace VbsTool.Demo;

/// <summary>What to type next, the indented lines ready to paste into a POSIX shell at the repository's root.</summary>
internal static class DemoText
{
    /// <summary>The three commands: restore, look at the job, compare the disk.</summary>
    public static string Compose(DemoSettings settings, ExpectedRestore newest)
    {
        var token = ShellText.Quote($"X-Auth-Token: {settings.Token}");
        var url = ShellText.Quote($"{settings.BaseUrl}/v2/{settings.ProjectId}/backups/{newest.BackupId}/restore");
        return $$$"""

            The demo is ready: three backups made by OpenStack Cinder, a full one and two increments, and an empty disk.

            Restore the newest backup to the disk:

                job=$(curl -sS -i -w '\n' {{{url}}} \
                  -H {{{token}}} -H 'Content-Type: application/json' \
                  -d '{"restore":{"volume_id":"{{{DemoSeed.VolumeId}}}"}}' \
                  | tr -d '\r' | tee /dev/stderr | awk 'tolower($1) == "operation-location:" { print $2 }')

            Look at its job, until it says SUCCESS:

                curl -sS -w '\n' "$job" -H {{{token}}}

            Compare the disk, whose first {{{newest.ContentBytes >> 20}}} MiB have this SHA-256 now: {{{newest.Sha256}}}

                dotnet run -c Local --project src/VbsTool -- volume hash {{{DemoSeed.VolumeId}}} \
                  --project {{{settings.ProjectId}}} --bytes {{{newest.ContentBytes}}}

            """;
    }
}
