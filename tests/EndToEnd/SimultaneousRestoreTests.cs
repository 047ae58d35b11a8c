using System.Net;
using EndToEnd.Harness;

namespace EndToEnd;

public sealed class SimultaneousRestoreTests(Installation installation)
{
    private const int Requests = 100;
    private const int MiB = 1 << 20;

    // A second or more to write and next to nothing to store, so that every request comes while the accepted restore is under way.
    private static readonly SyntheticContent Content = new(Filled(512 * MiB), 32 * MiB, isCompressed: true, blockBytes: MiB);

    private readonly CancellationToken cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_hundred_restores_of_one_backup_one_is_accepted()
    {
        var backups = await ImportAsync(1);
        var volumes = await installation.Project.Tool.CreateVolumesAsync(1, Requests, cancellationToken);

        await ExpectOneAsync(volumes.Select(volume => (backups[0], volume)), backups, volumes);
    }

    [Fact]
    public async Task Of_a_hundred_restores_to_one_disk_one_is_accepted()
    {
        var backups = await ImportAsync(Requests);
        var volumes = await installation.Project.Tool.CreateVolumesAsync(1, 1, cancellationToken);

        await ExpectOneAsync(backups.Select(backup => (backup, volumes[0])), backups, volumes);
    }

    private async Task ExpectOneAsync(IEnumerable<(Guid Backup, Guid Volume)> pairs, IEnumerable<Guid> backups, IEnumerable<Guid> volumes)
    {
        var api = installation.Project.Api;
        var answers = await Task.WhenAll(pairs.Select(pair => api.PostRestoreAsync(pair.Backup, pair.Volume, cancellationToken)));

        var accepted = answers.Where(answer => answer.StatusCode == HttpStatusCode.Accepted).ToArray();
        var others = answers.Except(accepted).Select(answer => (int)answer.StatusCode).Distinct().ToArray();
        Assert.Single(accepted);
        Assert.Empty(others.Except([400, 409]));

        var job = await api.WaitForEndAsync(new Uri(accepted[0].Headers.GetValues("Operation-Location").Single()), cancellationToken);
        Assert.True(job.Status == "SUCCESS", job.ToString());
        Assert.All(await Task.WhenAll(backups.Select(id => api.BackupStatusAsync(id, cancellationToken))), Available);
        Assert.All(await Task.WhenAll(volumes.Select(id => api.VolumeStatusAsync(id, cancellationToken))), Available);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    private static byte[] Filled(int lengthBytes)
    {
        var content = new byte[lengthBytes];
        content.AsSpan().Fill(0x5A);
        return content;
    }

    private static void Available(string status) => Assert.Equal("available", status);

    private async Task<IReadOnlyList<Guid>> ImportAsync(int count)
    {
        var project = installation.Project;
        SyntheticBackup[] backups = [.. Enumerable.Range(0, count).Select(_ => new SyntheticBackup(Content))];
        using var folder = new TemporaryFolder();
        await SyntheticBackup.WriteAsync(folder.Path, backups, cancellationToken);
        await project.Tool.ImportAsync(folder.Path, cancellationToken);
        return Array.ConvertAll(backups, backup => backup.Id);
    }
}
