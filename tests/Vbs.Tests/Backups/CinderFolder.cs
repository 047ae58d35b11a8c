using System.Text.Json;
using Azure.Storage.Blobs;
using Vbs.Backups;
using Vbs.Restores;

namespace Vbs.Tests.Backups;

/// <summary>Backups that Cinder itself made: <c>tests/cinder-backups/&lt;compression&gt;</c>.</summary>
internal sealed class CinderFolder(string compression)
{
    private readonly string path = Path.Combine(FindTests(), "cinder-backups", compression);

    public IReadOnlyList<Backup> Records
    {
        get
        {
            using var json = File.OpenRead(Path.Combine(path, "records.json"));
            return CinderRecords.Read(json);
        }
    }

    public FindBackup Find => (id, _) => Task.FromResult(Records.SingleOrDefault(backup => backup.Id == id));

    public IReadOnlyList<Expected> Restores
    {
        get
        {
            using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(path, "expected.json")));
            return [.. json.RootElement.GetProperty("restores").EnumerateArray().Select(item => new Expected(
                BackupId.Parse(item.GetProperty("backup_id").GetString()!),
                item.GetProperty("content_bytes").GetInt32(),
                item.GetProperty("sha256").GetString()!))];
        }
    }

    public string Read(string blobName) => File.ReadAllText(Path.Combine(path, "objects", blobName));

    public async Task UploadAsync(BlobContainerClient container)
    {
        await container.CreateIfNotExistsAsync();
        var objects = Path.Combine(path, "objects");
        await Parallel.ForEachAsync(Directory.EnumerateFiles(objects, "*", SearchOption.AllDirectories), async (file, cancellationToken) =>
            await container.GetBlobClient(Path.GetRelativePath(objects, file)).UploadAsync(file, cancellationToken));
    }

    private static string FindTests()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "VbsFunctions.sln")))
        {
            folder = folder.Parent!;
        }

        return Path.Combine(folder.FullName, "tests");
    }

    internal sealed record Expected(BackupId Backup, int ContentBytes, string Sha256);
}
